package org.asyncmigrations;

import org.jooq.Record;

/**
 * A change to one row of a batch in Java, see {@link RowBatch#update}.
 *
 * @param <R> the record type
 */
@FunctionalInterface
public interface RowChange<R extends Record> {
    /**
     * Changes the record. Only changed columns are written.
     *
     * @param row the row as read from the database, locked
     * @throws Exception anything that makes this row impossible to change
     */
    void apply(R row) throws Exception;
}
