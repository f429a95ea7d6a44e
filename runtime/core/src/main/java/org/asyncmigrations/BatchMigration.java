package org.asyncmigrations;

import org.jooq.Condition;
import org.jooq.impl.DSL;

/**
 * A migration of many rows, walked along a key in batches. Each batch commits three things together: its rows, its progress, and
 * the check that its worker still holds the claim. Several threads and instances work on different ranges at the same time. Each
 * walk of a range has its own object, used by one thread.
 */
public interface BatchMigration {
    /**
     * The key by which the table is walked.
     *
     * @return a key whose columns are not null; if it isn't unique, the primary key is appended
     */
    BatchKey key();

    /**
     * The condition for rows that still need the change. It makes a second run harmless, and lets the library verify that no row is
     * left. NULL counts as false.
     *
     * @return the condition; by default there is none, and every row is changed once
     */
    default Condition pending() {
        return DSL.noCondition();
    }

    /**
     * Changes the rows of one batch.
     *
     * @param batch the batch: its rows are those that {@link RowBatch#rows()} matches
     * @return how many rows were changed. If the database has counted them, its number is used instead: the count of the statements
     *     that changed the walked table, or of all statements if it isn't known which of them changed it. This value is used if
     *     nothing was counted, as for a procedure, an upsert on MariaDB or MySQL, or several statements in one string
     * @throws Exception anything that stops this batch; its work is rolled back and tried again, with back-off
     */
    long migrate(RowBatch batch) throws Exception;
}
