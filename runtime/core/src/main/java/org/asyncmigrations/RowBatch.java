package org.asyncmigrations;

import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Table;

/** The rows of one transaction of a {@link BatchMigration}. Used by the thread that it was handed to, until {@code migrate} returns. */
public interface RowBatch {
    /**
     * The way to the database, inside this batch's transaction. Nested {@code transaction(…)} calls make savepoints;
     * {@code commit}, {@code rollback} and {@code close} of its connection are refused.
     *
     * @return the context, valid until {@code migrate} returns
     */
    DSLContext dsl();

    /**
     * The condition that matches just this batch's rows: its stretch of the key, and {@link BatchMigration#pending()}.
     *
     * @return a condition for the {@code where} of the migration's statement
     */
    Condition rows();

    /**
     * Changes this batch's rows in Java: reads them locked, lets {@code change} work on each, and writes the changed ones,
     * only their changed columns, in few statements.
     *
     * @param table the table of the migration's key
     * @param change what is done to each record
     * @param <R> the record type
     * @return how many rows were changed
     * @throws Exception what {@code change} throws
     */
    <R extends Record> long update(Table<R> table, RowChange<? super R> change) throws Exception;
}
