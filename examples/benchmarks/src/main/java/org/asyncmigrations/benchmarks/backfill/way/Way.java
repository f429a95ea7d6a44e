package org.asyncmigrations.benchmarks.backfill.way;

/** One way to set {@code email_normalized = lower(trim(email))} in all rows of {@code customers}. */
@FunctionalInterface
interface Way {
    /** Makes what an application has made when it starts: of that the time is not measured. */
    Work prepare(Filling filling) throws Exception;

    /** What is measured. */
    @FunctionalInterface
    interface Work {
        /** Does all of it, and returns when the last transaction is committed. */
        void run() throws Exception;
    }
}
