package org.asyncmigrations;

import org.jooq.Condition;
import org.jooq.impl.DSL;

/**
 * A migration of many rows, walked along a key batch by batch: each batch's rows, its progress and the proof that its worker
 * still holds the claim commit together. Several threads and nodes work on several ranges at once; an object is made for each
 * walk of a range and used by one thread.
 */
public interface BatchMigration {
    /**
     * The key that the table is walked by.
     *
     * @return a key whose columns are not null; one that is not unique gets the primary key appended
     */
    BatchKey key();

    /**
     * The rows that still need the change: what makes a second run harmless and the end provable. NULL counts as no.
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
     * @return how many rows were changed. If the database has counted them, its number is kept and not this one: that of the
     *     statements that changed the walked table, or of all statements if none tells that it did. This one is kept if nobody
     *     counts, such as for a procedure, an upsert on MariaDB or MySQL, or several statements in one text
     * @throws Exception whatever stops this batch: its work is rolled back, and it is tried again, backing off
     */
    long migrate(RowBatch batch) throws Exception;
}
