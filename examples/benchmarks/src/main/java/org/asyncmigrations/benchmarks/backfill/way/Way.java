package org.asyncmigrations.benchmarks.backfill.way;

/** One way to set {@code email_normalized = lower(trim(email))} in all rows of {@code customers}. */
@FunctionalInterface
interface Way {
    /** Prepares what an application has ready after its start. This time isn't measured. */
    Work prepare(Filling filling) throws Exception;

    /** The part that is measured. */
    @FunctionalInterface
    interface Work {
        /** Does all the work, and returns when the last transaction is committed. */
        void run() throws Exception;
    }
}
