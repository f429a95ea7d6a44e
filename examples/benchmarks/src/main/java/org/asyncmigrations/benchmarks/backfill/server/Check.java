package org.asyncmigrations.benchmarks.backfill.server;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Checks every row after a run, because a fast way with a wrong result is an error. */
public final class Check {
    private static final String SQL =
            "select count(*), sum(case when email_normalized = lower(trim(email)) then 1 else 0 end),"
                    + " sum(visits) from customers";

    private Check() {}

    /**
     * Fails if a row is wrong or missing, or if a write of the foreground client was lost.
     *
     * @param url where the table is
     * @param rows how many rows there must be
     * @param filled how many of them must be filled
     * @param visits how many writes the client has made
     * @throws SQLException if the server fails
     */
    public static void run(String url, long rows, long filled, long visits) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(SQL)) {
            found.next();
            require("rows", rows, found.getLong(1));
            require("rows that are filled rightly", filled, found.getLong(2));
            require("writes of the foreground client", visits, found.getLong(3));
        }
    }

    private static void require(String what, long expected, long found) {
        if (expected != found) {
            throw new IllegalStateException(what + ": there must be " + expected + ", and there are " + found);
        }
    }
}
