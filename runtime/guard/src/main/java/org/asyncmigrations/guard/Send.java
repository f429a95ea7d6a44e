package org.asyncmigrations.guard;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Sends one statement to the database. It may be called again after a rollback. */
interface Send {
    void run() throws SQLException;

    /** Sends a statement's text as it is. */
    static Send text(Connection connection, ScriptStatement statement) {
        return () -> {
            try (Statement sent = connection.createStatement()) {
                sent.setEscapeProcessing(false);
                sent.execute(statement.text());
            }
        };
    }
}
