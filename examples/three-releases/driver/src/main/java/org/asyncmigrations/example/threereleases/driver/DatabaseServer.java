package org.asyncmigrations.example.threereleases.driver;

import org.jspecify.annotations.Nullable;

/** An embedded database server, with one empty database. */
interface DatabaseServer extends AutoCloseable {
    /** {@return the product} */
    String name();

    /** {@return the JDBC URL of the database} */
    String url();

    /** {@return a table expression with the column n, which counts from 1 to this number} */
    String numbers(int upTo);

    /** {@return the statement that updates the planner's statistics of both tables} */
    String analyze();

    /** {@return a statement that lets columns be added and holds triggers up, null if the product has none} */
    @Nullable
    String holdsTriggers();

    @Override
    void close();

    /** Starts a server: {@code postgresql} or {@code mariadb}. */
    static DatabaseServer start(String product) {
        return switch (product) {
            case "postgresql" -> PostgresServer.start();
            case "mariadb" -> MariaDbServer.start();
            default -> throw new IllegalArgumentException("database may be postgresql or mariadb, not " + product);
        };
    }
}
