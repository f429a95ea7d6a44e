/** Runs the work of a registry as tasks of db-scheduler. */
@NullMarked
package org.asyncmigrations.dbscheduler;

import org.jspecify.annotations.NullMarked;
