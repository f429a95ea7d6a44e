/**
 * Excludes retired columns from the output of jOOQ's code generator: reads the file that lists them, checks each entry against
 * the database and the journal, and removes the columns before the generator reads them. It changes no database and drops
 * nothing: a migration does that. Called by jOOQ's generator, or by a custom one.
 */
@NullMarked
package org.asyncmigrations.codegen;

import org.jspecify.annotations.NullMarked;
