package org.asyncmigrations.benchmarks.dispatch;

import javax.sql.DataSource;

/** What an application calls at its start, so that its migrations are done. Loaded in the measured JVM. */
public interface Start {
    /**
     * Creates a caller.
     *
     * @param pool the application's connections
     * @return a new one each time
     * @throws Exception if it can't be created
     */
    Caller caller(DataSource pool) throws Exception;

    /** Used for one call, by one thread. */
    interface Caller {
        /**
         * Makes the call. Its duration is the time for which the application is blocked.
         *
         * @throws Exception if something fails
         */
        void call() throws Exception;

        /**
         * Waits for the work in the background, and releases everything.
         *
         * @throws Exception if something isn't done by then
         */
        default void end() throws Exception {}
    }
}
