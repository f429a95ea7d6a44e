package org.asyncmigrations;

import java.sql.Connection;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** One attempt of a {@link DataMigration}. Used by the thread that it was handed to, until {@code migrate} returns. */
public interface MigrationRun {
    /**
     * The way to the database, inside this attempt's transaction. Nested {@code transaction(…)} calls make savepoints;
     * {@code commit}, {@code rollback} and {@code close} of its connection are refused.
     *
     * @return the context, valid until {@code migrate} returns
     */
    DSLContext dsl();

    /**
     * Runs one SQL statement, with the server's own SQL. Each {@code ?} outside of quotes and comments is a bind value, as in JDBC;
     * PostgreSQL's operators {@code ?}, {@code ?|} and {@code ?&} are written {@code ??}, {@code ??|} and {@code ??&}.
     *
     * @param sql one statement that returns no rows
     * @param binds a value for each {@code ?}, or a jOOQ field
     * @return how many rows were changed, as the database counts them
     * @throws IllegalArgumentException if there are more or fewer values than question marks, or several statements
     */
    long execute(String sql, @Nullable Object... binds);

    /**
     * The attempt's connection, for plain JDBC inside its transaction. {@code commit}, {@code rollback} and {@code close} are
     * refused. On MariaDB, statements that are sent this way have the time limits of the connection, not those of the attempt.
     *
     * @return the connection, valid until {@code migrate} returns
     */
    Connection connection();

    /**
     * The migration's version.
     *
     * @return a positive number
     */
    long version();

    /**
     * Which attempt this is.
     *
     * @return 1 for the first
     */
    int attempt();
}
