/**
 * Tells what a schema change does to a live table: it runs the statements in a throw-away database, and reports what it saw there.
 * It never connects to a live database, and it has no list of dangerous statements.
 * Called by users' tests.
 */
@NullMarked
package org.asyncmigrations.guard;

import org.jspecify.annotations.NullMarked;
