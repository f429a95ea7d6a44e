/**
 * Sees and orders migrations from outside the application, over the state tables alone.
 * It knows no migration class, registers no instance, makes no table and starts no thread.
 * Called by the command line and by operators' own tools.
 */
@NullMarked
package org.asyncmigrations.operator;

import org.jspecify.annotations.NullMarked;
