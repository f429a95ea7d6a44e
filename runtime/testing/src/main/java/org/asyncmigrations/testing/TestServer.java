package org.asyncmigrations.testing;

import javax.sql.DataSource;

/** Where the tests run: opened when the first of them does, closed behind the last. */
@FunctionalInterface
interface TestServer {
    /**
     * A database that is there.
     *
     * @param dataSource the way to it
     * @param closing ends it
     */
    record Running(DataSource dataSource, AutoCloseable closing) {}

    Running open() throws Exception;
}
