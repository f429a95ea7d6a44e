/**
 * Reads the code of migrations once javac has attributed it: its statements that change the schema, or whole tables. It doesn't
 * judge them, and evaluates only constants. Under other compilers than javac, it isn't called. Called by the processor after the
 * rounds. Besides {@code scan}, the only package that uses trees.
 */
@NullMarked
package org.asyncmigrations.processor.body;

import org.jspecify.annotations.NullMarked;
