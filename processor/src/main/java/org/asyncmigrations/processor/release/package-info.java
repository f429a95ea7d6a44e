/**
 * Appends the migrations of a release to the journal, after a compile. It compiles nothing: it reads the catalog and the proof,
 * which the compiler has left among the classes. Called from a command line, or by Maven.
 */
@NullMarked
package org.asyncmigrations.processor.release;

import org.jspecify.annotations.NullMarked;
