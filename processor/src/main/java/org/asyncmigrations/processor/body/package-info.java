/**
 * Reads the bodies of migrations with javac's tree API: the statements in them that change the schema, or whole tables.
 * It judges nothing and evaluates only what is constant; under a compiler without that API it finds nothing.
 * Called by {@code scan}; the only package, beside the text of classes, that knows trees.
 */
@NullMarked
package org.asyncmigrations.processor.body;

import org.jspecify.annotations.NullMarked;
