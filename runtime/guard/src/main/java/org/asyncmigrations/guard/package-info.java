/**
 * Tells what a schema change does to a live table: it runs the statements in a throw-away database, and reports what it saw there.
 * It does not go by a list of dangerous statements, and runs nothing in a live database: it asks that for sizes and settings at most.
 * Called by users' tests, and by the command line.
 */
@NullMarked
package org.asyncmigrations.guard;

import org.jspecify.annotations.NullMarked;
