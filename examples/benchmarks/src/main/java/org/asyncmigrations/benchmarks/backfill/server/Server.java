package org.asyncmigrations.benchmarks.backfill.server;

import java.io.IOException;
import java.sql.SQLException;

/** A database server in a temporary directory, with a table of customers. Used by one thread. */
public interface Server extends AutoCloseable {
    /** {@return its name in a word} */
    String name();

    /**
     * What stands beside the figures.
     *
     * @return its name and version, and the settings that figures depend on, as it says them itself
     * @throws SQLException what the server has to say
     */
    String line() throws SQLException;

    /** {@return where the table is} */
    String url();

    /** {@return the same for a client that never gives up a write, however long it has to wait} */
    default String clientUrl() {
        return url();
    }

    /**
     * Begins to account for the time of a way's sessions.
     *
     * @param workers how many could be at work at once
     * @return what looks at them, to be ended
     */
    Sessions sessions(int workers);

    /**
     * Lays the table anew and takes everything else away, so that each run begins with the same: no row is filled, statistics are
     * there, and nothing waits to be written to the disk.
     *
     * @param rows how many rows, the first of those that the server was started with
     * @throws SQLException what the server has to say
     */
    void reset(int rows) throws SQLException;

    @Override
    void close() throws IOException;
}
