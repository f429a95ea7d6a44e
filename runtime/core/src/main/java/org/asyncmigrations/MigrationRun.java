package org.asyncmigrations;

import org.jooq.DSLContext;

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
