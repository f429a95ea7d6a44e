package org.asyncmigrations.session;

import org.jspecify.annotations.Nullable;

/** The user's code has ended its transaction, so its work can't be committed together with its record. */
public final class EndedTransactionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private EndedTransactionException(String message, Throwable cause) {
        super(message, cause);
    }

    /** After a failed statement, PostgreSQL refuses all others until the transaction is rolled back. */
    static EndedTransactionException afterCaughtError(Throwable cause) {
        return new EndedTransactionException(
                "migrate() caught the error of a statement, which has ended the transaction; put a statement that may"
                        + " fail into dsl.transaction(…), which makes a savepoint",
                cause);
    }

    EndedTransactionException(@Nullable Throwable cause) {
        super(
                "migrate() ended the transaction (DDL, commit, or a swallowed deadlock); leave commits to the"
                        + " dispatcher, and put statements that cannot run in a transaction into a DataMigration with"
                        + " transactional = false",
                cause);
    }
}
