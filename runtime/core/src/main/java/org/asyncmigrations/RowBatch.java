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
     * The condition that matches just this batch's rows: its stretch of the key, and {@link BatchMigration#pending()}. Each
     * statement that changes the walked table needs it. A {@code migrate} that uses neither this nor {@link #update} fails, and so
     * does one whose statement changes more rows of the table than the batch has.
     *
     * <p>After {@link #update} has ended early, the condition matches the rows that it has handled.
     *
     * @return a condition for the {@code where} of the migration's statement
     */
    Condition rows();

    /**
     * Changes this batch's rows in Java: reads them locked, lets {@code change} work on each, and writes the changed ones,
     * only their changed columns, in few statements.
     *
     * <p>If {@code change} is slow, the batch ends early: once it has taken four times the target batch time, no further row
     * begins, and the rest is left to the next batch. If {@code migrate} has used the batch's rows before, the batch is rolled back
     * and tried again with fewer rows instead.
     *
     * @param table the table of the migration's key
     * @param change what is done to each record
     * @param <R> the record type
     * @return how many rows were changed
     * @throws Exception what {@code change} throws
     */
    <R extends Record> long update(Table<R> table, RowChange<? super R> change) throws Exception;
}
