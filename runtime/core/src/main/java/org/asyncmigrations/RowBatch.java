package org.asyncmigrations;

import java.sql.Connection;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

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
     * statement that changes the walked table needs it. A {@code migrate} that changes something and uses neither this nor
     * {@link #execute}, {@link #rowsSql} or {@link #update} fails, and so does one whose statement changes more rows of the table
     * than the batch has.
     *
     * <p>After {@link #update} has ended early, the condition matches the rows that it has handled.
     *
     * @return a condition for the {@code where} of the migration's statement
     */
    Condition rows();

    /**
     * Runs one SQL statement for this batch's rows, with the server's own SQL:
     * {@code batch.execute("update orders set total_cents = total * 100 where {rows}")}.
     *
     * <p>{@code {rows}} stands for {@link #rows()}, in parentheses, and may occur several times. In quotes and comments it is text. Each
     * {@code ?} is a bind value, as in JDBC; PostgreSQL's operators {@code ?}, {@code ?|} and {@code ?&} are written {@code ??},
     * {@code ??|} and {@code ??&}, as its driver asks for. All other text is sent as it is, JDBC escapes included.
     *
     * @param sql one statement that changes rows and returns none; a semicolon may end it
     * @param binds a value for each {@code ?}, or a jOOQ field
     * @return how many rows were changed, as the database counts them
     * @throws IllegalArgumentException if there are more or fewer values than question marks, or several statements
     */
    long execute(String sql, @Nullable Object... binds);

    /**
     * This batch's connection, for plain JDBC inside its transaction. {@code commit}, {@code rollback} and {@code close} are
     * refused. A statement gets the batch's condition as text from {@link #rowsSql()}. On MariaDB, statements that are sent this
     * way have the time limits of the connection, not those of the batch.
     *
     * @return the connection, valid until {@code migrate} returns
     */
    Connection connection();

    /**
     * The condition of {@link #rows()} as SQL text for {@link #connection()}, in parentheses, with its values as literals of this
     * server: {@code prepareStatement("update orders set total_cents = total * 100 where " + batch.rowsSql())}. It has no
     * {@code ?} of its own, so question marks before and after it count as if it were not there.
     *
     * @return the text
     */
    String rowsSql();

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
