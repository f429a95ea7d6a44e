package org.asyncmigrations.benchmarks.backfill.way;

/** One way to set {@code email_normalized = lower(trim(email))} in all rows of {@code customers}. */
@FunctionalInterface
interface Way {
    /** Does all of it, and returns when the last transaction is committed. */
    void run(Order order) throws Exception;
}
