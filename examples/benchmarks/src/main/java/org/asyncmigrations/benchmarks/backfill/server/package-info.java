/**
 * Database servers of the benchmark's own, set up as in production, and the table that is filled: laid anew before each run, and
 * checked after it.
 * It knows nothing of the ways to fill it.
 * Called by {@link org.asyncmigrations.benchmarks.backfill.BackfillBenchmark}.
 */
@NullMarked
package org.asyncmigrations.benchmarks.backfill.server;

import org.jspecify.annotations.NullMarked;
