/**
 * How fast a column of a large table is filled, and how much the table's users notice: this project compared with other ways. It
 * knows only the names of the ways. Called by {@link org.asyncmigrations.benchmarks.Benchmarks}.
 */
@NullMarked
package org.asyncmigrations.benchmarks.backfill;

import org.jspecify.annotations.NullMarked;
