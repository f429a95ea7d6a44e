package org.asyncmigrations.database;

import org.jspecify.annotations.Nullable;

/** The user's code has ended the transaction that it was given: its work cannot be committed together with its record. */
public final class EndedTransactionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EndedTransactionException(@Nullable Throwable cause) {
        super(
                "migrate() ended the transaction (DDL, commit, or a swallowed deadlock); leave commits to the dispatcher,"
                        + " and give statements that refuse a transaction a DataMigration with transactional = false",
                cause);
    }
}
