package org.asyncmigrations;

import java.sql.Connection;
import java.util.Collection;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one transaction of a {@link BatchMigration}. Use it only on the thread that received it, and only until
 * {@code migrate} returns.
 */
public interface RowBatch {
    /**
     * jOOQ's context inside this batch's transaction. Nested {@code transaction(…)} calls create savepoints. {@code commit},
     * {@code rollback} and {@code close} of its connection are refused.
     *
     * @return the context, valid until {@code migrate} returns
     */
    DSLContext dsl();

    /**
     * The condition that matches exactly this batch's rows: its section of the key, and {@link BatchMigration#pending()}. Every
     * statement that changes the walked table needs it. {@code migrate} fails if it changes something and uses neither this nor
     * {@link #execute}, {@link #rowsSql} or {@link #update}, or if a statement changes more rows of the table than the batch has.
     *
     * <p>If {@link #update} has ended early, the condition matches the rows that it has processed.
     *
     * @return a condition for the {@code where} of the migration's statement
     */
    Condition rows();

    /**
     * Runs one statement of the database's own SQL for this batch's rows:
     * {@code batch.execute("update orders set total_cents = total * 100 where {rows}")}.
     *
     * <p>{@code {rows}} is replaced by {@link #rows()}, in parentheses, and may occur several times. Inside quotes and comments it
     * is plain text. Each {@code ?} is a bind value, as in JDBC. Write PostgreSQL's operators {@code ?}, {@code ?|} and {@code ?&}
     * as {@code ??}, {@code ??|} and {@code ??&}, as its driver requires. Everything else is sent unchanged, including JDBC
     * escapes.
     *
     * @param sql one statement that changes rows and returns none; it may end with a semicolon
     * @param binds a value for each {@code ?}, or a jOOQ field
     * @return how many rows were changed, as counted by the database
     * @throws IllegalArgumentException if the number of values doesn't match the question marks, or there are several statements
     */
    long execute(String sql, @Nullable Object... binds);

    /**
     * This batch's connection, for plain JDBC inside its transaction. {@code commit}, {@code rollback} and {@code close} are
     * refused. Use {@link #rowsSql()} for the batch's condition. On MariaDB, statements sent this way have the connection's time
     * limits, not the batch's.
     *
     * @return the connection, valid until {@code migrate} returns
     */
    Connection connection();

    /**
     * The condition of {@link #rows()} as SQL for {@link #connection()}, in parentheses, with its values as literals of this
     * database: {@code prepareStatement("update orders set total_cents = total * 100 where " + batch.rowsSql())}. It contains no
     * {@code ?}, so the positions of your own question marks don't shift.
     *
     * @return the condition
     */
    String rowsSql();

    /**
     * Changes this batch's rows in Java: reads and locks them, calls {@code change} for each, and writes the changed columns of the
     * changed rows in a few statements.
     *
     * <p>If {@code change} is slow, the batch ends early: after four times the target batch time, no further row is started, and
     * the rest is left to the next batch. But if {@code migrate} has used the batch's rows before this call, the batch is rolled
     * back and tried again with fewer rows.
     *
     * @param table the table of the migration's key
     * @param change what to do with each record
     * @param <R> the record type
     * @return how many rows were changed
     * @throws Exception what {@code change} throws
     */
    <R extends Record> long update(Table<R> table, RowChange<? super R> change) throws Exception;

    /**
     * Like {@link #update(Table, RowChange)}, but reads only some columns, which is faster if the rows are wide. The records have only
     * these columns; {@code get} and {@code set} throw for any other. The key needn't be among them.
     *
     * @param table the table of the migration's key
     * @param columns the columns that {@code change} reads or sets
     * @param change what to do with each record
     * @return how many rows were changed
     * @throws IllegalArgumentException if the table has no such column
     * @throws Exception what {@code change} throws
     */
    long update(Table<?> table, Collection<? extends Field<?>> columns, RowChange<? super Record> change)
            throws Exception;
}
