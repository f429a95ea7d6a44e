/**
 * Shows migrations and gives orders to them from outside the application, using only the state tables. It knows no migration class,
 * registers no instance, creates no table and starts no thread. Called by the command line and by operators' own tools.
 */
@NullMarked
package org.asyncmigrations.operator;

import org.jspecify.annotations.NullMarked;
