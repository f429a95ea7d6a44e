/**
 * Leaves retired columns out of what jOOQ's code generator writes: reads the file that lists them, judges each entry by the
 * database and the journal, and takes the columns away before the generator looks.
 * It changes no database, and drops nothing: that is a migration's work.
 * Called by jOOQ's generator, or by an application's own one.
 */
@NullMarked
package org.asyncmigrations.codegen;

import org.jspecify.annotations.NullMarked;
