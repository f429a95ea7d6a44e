/**
 * Reads the code of migrations when javac has attributed it: the statements in it that change the schema, or whole tables.
 * It judges nothing and evaluates only what is constant; under a compiler that isn't javac it is never called.
 * Called by the processor itself after the rounds; the only package, next to {@code scan}, that knows trees.
 */
@NullMarked
package org.asyncmigrations.processor.body;

import org.jspecify.annotations.NullMarked;
