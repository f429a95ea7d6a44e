package org.asyncmigrations.benchmarks.backfill.server;

import java.io.IOException;
import java.sql.SQLException;

/** A database server in a temporary directory, with a table of customers. Used by one thread. */
public interface Server extends AutoCloseable {
    /** {@return its name in one word} */
    String name();

    /**
     * Describes the server, to be printed with the figures.
     *
     * @return its name and version, and the settings that affect the figures, as the server reports them
     * @throws SQLException if the server fails
     */
    String line() throws SQLException;

    /** {@return where the table is} */
    String url();

    /** {@return the URL for a client that never times out, however long it has to wait} */
    default String clientUrl() {
        return url();
    }

    /**
     * Begins to record what a way's sessions do.
     *
     * @param workers how many could be working at the same time
     * @return the recorder, to be ended
     * @throws SQLException if the server fails
     */
    Sessions sessions(int workers) throws SQLException;

    /**
     * Creates the table again and removes everything else, so that all runs begin alike: no row is filled, there are statistics,
     * and nothing has to be written to disk.
     *
     * @param rows how many rows, the first of those that the server was started with
     * @throws SQLException if the server fails
     */
    void reset(int rows) throws SQLException;

    @Override
    void close() throws IOException;
}
