package org.asyncmigrations.session;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.asyncmigrations.sql.SqlText;
import org.jooq.tools.jdbc.DefaultConnection;
import org.jspecify.annotations.Nullable;

/**
 * The connection for user code: all of JDBC except calls that would end our transaction and, unless allowed, statements that change
 * the schema. It remembers statements, so that an open one is closed and a slow one can be cancelled. Extends jOOQ's delegate,
 * which exists for that and forwards fifty methods. Used by one thread, except for {@link #cancel()} and
 * {@link #lastStatementAt()}.
 */
final class WorkConnection extends DefaultConnection {
    /** Beyond this many statements, closed ones are removed from the list. A batch has only a few. */
    private static final int TIDY_AFTER = 64;

    private final boolean changesSchema;
    private final boolean mySql;
    /** The migration's own temporary tables, which it may change and drop. */
    private final Set<String> temporaryTables = new HashSet<>();

    private final List<Statement> statements = new ArrayList<>();
    private volatile long lastStatementAt = System.nanoTime();
    private volatile boolean ended;
    private @Nullable Consumer<String> texts;
    private @Nullable RowTally tally;
    private final Map<Savepoint, Map<String, RowTally.Sum>> marks = new IdentityHashMap<>();
    private boolean isUsedByJooq;
    private volatile boolean cancelled;

    WorkConnection(Connection delegate, boolean changesSchema, boolean mySql) {
        super(delegate);
        this.changesSchema = changesSchema;
        this.mySql = mySql;
    }

    /** {@return a statement's text, if it may be sent} */
    String allowed(String sql) throws SQLException {
        if (!changesSchema
                && SqlText.of(sql, mySql).schemaChange(temporaryTables).isPresent()) {
            throw new SchemaChangeException(sql);
        }
        Consumer<String> observer = texts;
        if (observer != null) {
            observer.accept(sql);
        }
        return sql;
    }

    /** Reports each text that is sent from now on; null for no one. */
    void observe(@Nullable Consumer<String> observer) {
        texts = observer;
    }

    /** Counts the rows that are changed from now on; null for no count. */
    void count(@Nullable RowTally rows) {
        tally = rows;
        marks.clear();
    }

    /** Sets whether statements made now are jOOQ's, whose rows are counted when they end. */
    void isUsedByJooq(boolean uses) {
        isUsedByJooq = uses;
    }

    /** Counts the rows that a plain JDBC statement has changed; a negative number means unknown. */
    void count(String sql, long rows) {
        if (tally != null) {
            tally.ended(sql, rows);
        }
    }

    /** Counts the rows that a statement has changed. {@return whether it returned rows, as given} */
    boolean counted(String sql, Statement statement, boolean returnsRows) throws SQLException {
        if (tally != null) {
            tally.ended(sql, returnsRows ? -1 : statement.getUpdateCount());
        }
        return returnsRows;
    }

    interface Batch {
        int[] execute() throws SQLException;
    }

    /** Executes a batch, and counts the rows that it has changed. */
    int[] counted(Batch batch, IntFunction<String> sql) throws SQLException {
        try {
            int[] rows = batch.execute();
            Map<String, RowTally.Sum> before = tally == null ? Map.of() : tally.mark();
            for (int i = 0; i < rows.length; i++) {
                count(sql.apply(i), rows[i]);
            }
            if (tally != null) {
                tally.asOne(before);
            }
            return rows;
        } catch (SQLException failure) {
            // It's unknown how much of the batch was done before.
            count("", -1);
            throw failure;
        }
    }

    @Override
    public Savepoint setSavepoint() throws SQLException {
        return marked(getDelegate().setSavepoint());
    }

    @Override
    public Savepoint setSavepoint(String name) throws SQLException {
        return marked(getDelegate().setSavepoint(name));
    }

    private Savepoint marked(Savepoint savepoint) {
        if (tally != null) {
            marks.put(savepoint, tally.mark());
        }
        return savepoint;
    }

    @Override
    public void releaseSavepoint(Savepoint savepoint) throws SQLException {
        getDelegate().releaseSavepoint(savepoint);
        marks.remove(savepoint);
    }

    @Override
    public void commit() throws SQLException {
        throw refusal("commit()");
    }

    @Override
    public void rollback() throws SQLException {
        throw refusal("rollback()");
    }

    @Override
    public void setAutoCommit(boolean autoCommit) throws SQLException {
        throw refusal("setAutoCommit()");
    }

    @Override
    public void close() throws SQLException {
        throw refusal("close()");
    }

    @Override
    public void abort(Executor executor) throws SQLException {
        throw refusal("abort()");
    }

    @Override
    public void setReadOnly(boolean readOnly) throws SQLException {
        throw refusal("setReadOnly()");
    }

    @Override
    public void setTransactionIsolation(int level) throws SQLException {
        throw refusal("setTransactionIsolation()");
    }

    private static SQLException refusal(String call) {
        return new SQLException("a migration must not call " + call
                + " on its connection; the dispatcher commits the work together with its record (a part of it can be"
                + " undone with dsl.transaction(…), which makes a savepoint)");
    }

    @Override
    public void rollback(Savepoint savepoint) throws SQLException {
        getDelegate().rollback(savepoint);
        Map<String, RowTally.Sum> mark = marks.get(savepoint);
        if (tally != null && mark != null) {
            tally.back(mark);
        }
    }

    @Override
    public Statement createStatement() throws SQLException {
        return new WorkStatement(this, !isUsedByJooq, remember(usable().createStatement()));
    }

    @Override
    public Statement createStatement(int type, int concurrency) throws SQLException {
        return new WorkStatement(this, !isUsedByJooq, remember(usable().createStatement(type, concurrency)));
    }

    @Override
    public Statement createStatement(int type, int concurrency, int holdability) throws SQLException {
        return new WorkStatement(
                this, !isUsedByJooq, remember(usable().createStatement(type, concurrency, holdability)));
    }

    @Override
    public PreparedStatement prepareStatement(String sql) throws SQLException {
        return prepared(sql, remember(usable().prepareStatement(allowed(sql))));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency) throws SQLException {
        return prepared(sql, remember(usable().prepareStatement(allowed(sql), type, concurrency)));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
            throws SQLException {
        return prepared(sql, remember(usable().prepareStatement(allowed(sql), type, concurrency, holdability)));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int autoGeneratedKeys) throws SQLException {
        return prepared(sql, remember(usable().prepareStatement(allowed(sql), autoGeneratedKeys)));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int[] columnIndexes) throws SQLException {
        return prepared(sql, remember(usable().prepareStatement(allowed(sql), columnIndexes)));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, String[] columnNames) throws SQLException {
        return prepared(sql, remember(usable().prepareStatement(allowed(sql), columnNames)));
    }

    @Override
    public CallableStatement prepareCall(String sql) throws SQLException {
        return called(usable().prepareCall(allowed(sql)));
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency) throws SQLException {
        return called(usable().prepareCall(allowed(sql), type, concurrency));
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency, int holdability) throws SQLException {
        return called(usable().prepareCall(allowed(sql), type, concurrency, holdability));
    }

    private PreparedStatement prepared(String sql, PreparedStatement statement) {
        return isUsedByJooq ? statement : new WorkPreparedStatement(this, statement, sql);
    }

    /** The rows that a procedure changes aren't counted. */
    private CallableStatement called(CallableStatement statement) throws SQLException {
        count("", -1);
        return remember(statement);
    }

    /** Throws if the work was cancelled. A cancelled statement doesn't always fail: MariaDB may report that it changed no row. */
    void requireNotCancelled() throws SQLException {
        if (cancelled) {
            throw new SQLException("this migration's work was cancelled: its claim was lost, or its registry closed");
        }
    }

    private Connection usable() throws SQLException {
        requireNotCancelled();
        if (ended) {
            throw new SQLException("a migration's connection must not be used after migrate() has returned");
        }
        return getDelegate();
    }

    private <S extends Statement> S remember(S statement) throws SQLException {
        lastStatementAt = System.nanoTime();
        synchronized (statements) {
            if (statements.size() >= TIDY_AFTER) {
                List<Statement> open = new ArrayList<>();
                for (Statement known : statements) {
                    if (!known.isClosed()) {
                        open.add(known);
                    }
                }
                statements.clear();
                statements.addAll(open);
            }
            statements.add(statement);
        }
        return statement;
    }

    /** A statement begins. It may be prepared once and executed many times. */
    void begins() {
        lastStatementAt = System.nanoTime();
    }

    long lastStatementAt() {
        return lastStatementAt;
    }

    void closeStatements() throws SQLException {
        synchronized (statements) {
            for (Statement statement : statements) {
                statement.close();
            }
            statements.clear();
        }
    }

    /** Cancels the running statement, and refuses later ones; called by another thread. */
    void cancel() {
        cancelled = true;
        List<Statement> running;
        synchronized (statements) {
            running = List.copyOf(statements);
        }
        for (Statement statement : running) {
            try {
                if (!statement.isClosed()) {
                    statement.cancel();
                }
            } catch (SQLException ended) {
                // A statement that has ended needs no cancelling.
                continue;
            }
        }
    }

    void end() {
        ended = true;
        try {
            closeStatements();
        } catch (SQLException failure) {
            // The transaction is going to be rolled back or to fail at its fence, and that failure says more.
            statements.clear();
        }
    }
}
