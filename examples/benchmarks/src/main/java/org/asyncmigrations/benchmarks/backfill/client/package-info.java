/**
 * The users of the database that is brought forward: a client that writes all the time, and how long it had to wait.
 * It knows nothing of what else goes on.
 * Called by {@link org.asyncmigrations.benchmarks.backfill.BackfillBenchmark}.
 */
@NullMarked
package org.asyncmigrations.benchmarks.backfill.client;

import org.jspecify.annotations.NullMarked;
