/**
 * The other users of the database: a client that writes all the time, and how long it has to wait. It doesn't depend on the ways
 * to fill the column. Called by {@link org.asyncmigrations.benchmarks.backfill.BackfillBenchmark}.
 */
@NullMarked
package org.asyncmigrations.benchmarks.backfill.client;

import org.jspecify.annotations.NullMarked;
