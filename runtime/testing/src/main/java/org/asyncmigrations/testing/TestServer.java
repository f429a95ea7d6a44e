package org.asyncmigrations.testing;

import javax.sql.DataSource;

/** The server of the tests: opened for the first of them, closed after the last. */
@FunctionalInterface
interface TestServer {
    /**
     * A running database.
     *
     * @param dataSource connects to it
     * @param closing stops it
     */
    record Running(DataSource dataSource, AutoCloseable closing) {}

    Running open() throws Exception;
}
