/**
 * Who is at work on a database: this instance, its build, and whether another build's code is newer.
 * It runs no migration.
 * Called by the dispatcher; the gate for after-release migrations belongs here.
 */
@NullMarked
package org.asyncmigrations.release;

import org.jspecify.annotations.NullMarked;
