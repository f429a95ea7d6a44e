/**
 * Walking a table along a key: where a batch ends, how large it is, which rows are its own, and how they are written back.
 * It decides neither which migration runs nor what becomes of an error, and holds no statement on the state tables.
 * Called by the dispatcher, for each claim of a range, and for plans of what a walk is about to do.
 */
@NullMarked
package org.asyncmigrations.batch;

import org.jspecify.annotations.NullMarked;
