/**
 * The ways to fill a column of a large table, and the JVM that runs one of them and prints what it took. It starts no server and
 * doesn't know the foreground client. Called by {@link org.asyncmigrations.benchmarks.backfill.BackfillBenchmark}.
 */
@NullMarked
package org.asyncmigrations.benchmarks.backfill.way;

import org.jspecify.annotations.NullMarked;
