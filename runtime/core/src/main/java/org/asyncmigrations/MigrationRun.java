package org.asyncmigrations;

import java.sql.Connection;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** One attempt of a {@link DataMigration}. Use it only on the thread that received it, and only until {@code migrate} returns. */
public interface MigrationRun {
    /**
     * jOOQ's context inside this attempt's transaction. Nested {@code transaction(…)} calls create savepoints. {@code commit},
     * {@code rollback} and {@code close} of its connection are refused.
     *
     * @return the context, valid until {@code migrate} returns
     */
    DSLContext dsl();

    /**
     * Runs one statement of the database's own SQL. Each {@code ?} outside quotes and comments is a bind value, as in JDBC. Write
     * PostgreSQL's operators {@code ?}, {@code ?|} and {@code ?&} as {@code ??}, {@code ??|} and {@code ??&}.
     *
     * @param sql one statement that returns no rows
     * @param binds a value for each {@code ?}, or a jOOQ field
     * @return how many rows were changed, as counted by the database
     * @throws IllegalArgumentException if the number of values doesn't match the question marks, or there are several statements
     */
    long execute(String sql, @Nullable Object... binds);

    /**
     * The attempt's connection, for plain JDBC inside its transaction. {@code commit}, {@code rollback} and {@code close} are
     * refused. On MariaDB, statements sent this way have the connection's time limits, not the attempt's.
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
     * The number of this attempt.
     *
     * @return 1 for the first
     */
    int attempt();
}
