package org.asyncmigrations;

import org.jooq.Record;

/**
 * What is done in Java to one row of a batch, see {@link RowBatch#update}.
 *
 * @param <R> the record type
 */
@FunctionalInterface
public interface RowChange<R extends Record> {
    /**
     * Changes the record; what it leaves as it was is not written.
     *
     * @param row the row as it stands in the database, locked
     * @throws Exception whatever makes this row impossible to change
     */
    void apply(R row) throws Exception;
}
