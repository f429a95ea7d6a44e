/**
 * How fast a column of a large table is filled, and what the table's users notice of it: this project beside what others do.
 * It shows no more of the ways than their names.
 * Called by {@link org.asyncmigrations.benchmarks.Benchmarks}.
 */
@NullMarked
package org.asyncmigrations.benchmarks.backfill;

import org.jspecify.annotations.NullMarked;
