/**
 * The benchmark's own database servers, set up as in production, and the table that is filled: created again before each run, and
 * checked after it. It doesn't know the ways to fill it. Called by
 * {@link org.asyncmigrations.benchmarks.backfill.BackfillBenchmark}.
 */
@NullMarked
package org.asyncmigrations.benchmarks.backfill.server;

import org.jspecify.annotations.NullMarked;
