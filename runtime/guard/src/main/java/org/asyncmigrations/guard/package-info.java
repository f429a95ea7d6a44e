/**
 * Tells what a schema change does to a live table: it runs the statements in a throw-away database, and reports what it saw there.
 * It does not go by a list of dangerous statements, and never connects to a live database.
 * Called by users' tests.
 */
@NullMarked
package org.asyncmigrations.guard;

import org.jspecify.annotations.NullMarked;
