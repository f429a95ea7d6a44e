/**
 * The ways to fill a column of a large table, and the JVM that runs one of them and says what it took.
 * It starts no server and knows nothing of the foreground client.
 * Called by {@link org.asyncmigrations.benchmarks.backfill.BackfillBenchmark}.
 */
@NullMarked
package org.asyncmigrations.benchmarks.backfill.way;

import org.jspecify.annotations.NullMarked;
