package org.asyncmigrations.benchmarks.dispatch;

import javax.sql.DataSource;

/** What an application calls when it starts, so that its migrations are done. Loaded in the JVM that is measured. */
public interface Start {
    /**
     * Makes what is called.
     *
     * @param pool the application's connections
     * @return something new each time
     * @throws Exception when it cannot be made
     */
    Caller caller(DataSource pool) throws Exception;

    /** Made for one call. Used by one thread. */
    interface Caller {
        /**
         * Calls: the time that this takes is the time that the application is held up.
         *
         * @throws Exception when something fails
         */
        void call() throws Exception;

        /**
         * Waits for what goes on behind, and lets go of it.
         *
         * @throws Exception when not all is done by then
         */
        default void end() throws Exception {}
    }
}
