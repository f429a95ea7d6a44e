package org.asyncmigrations.session;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.asyncmigrations.product.Limits;
import org.asyncmigrations.product.Product;
import org.jspecify.annotations.Nullable;

/**
 * A borrowed connection for plain JDBC statements, so that an instance without work doesn't load jOOQ. Uncommitted changes are
 * rolled back on close. Used by one thread.
 */
public final class PlainSession implements AutoCloseable {
    private final BorrowedConnection borrowed;
    private final Product product;
    private boolean begun;

    PlainSession(BorrowedConnection borrowed, Product product) {
        this.borrowed = borrowed;
        this.product = product;
        // While a thread waits for a vanished server, its other duties aren't done. So it waits only for one answer,
        // and not as long as a statement may take.
        borrowed.network().allowOne();
    }

    /**
     * Maps a row of a result.
     *
     * @param <T> the type of the mapped value
     */
    @FunctionalInterface
    public interface Row<T> {
        /**
         * Maps a row.
         *
         * @param row the result set, positioned at the row
         * @return the mapped value
         * @throws SQLException if the driver fails
         */
        T of(ResultSet row) throws SQLException;
    }

    /**
     * Quotes a name for a statement.
     *
     * @param name the name of a table or a column
     * @return the name in quotes
     */
    public String quoted(String name) {
        String quote = product.quote();
        return quote + name.replace(quote, quote + quote) + quote;
    }

    /**
     * The database's time, as {@link Product#clock(Duration)}.
     *
     * @param by how much later
     * @return an expression
     */
    public String clock(Duration by) {
        return product.clock(by);
    }

    /**
     * Runs a statement that changes rows.
     *
     * @param sql the statement
     * @param values its parameters
     * @return the number of rows
     * @throws SQLException if the server refuses
     */
    public int update(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepared(sql, values)) {
            return statement.executeUpdate();
        }
    }

    /**
     * Runs several statements that change rows, in one round trip if the driver can.
     *
     * @param statements the statements, without parameters
     * @return the number of rows for each of them
     * @throws SQLException if the server refuses one of them
     */
    public int[] update(List<String> statements) throws SQLException {
        begin();
        try (Statement batch = borrowed.connection().createStatement()) {
            for (String statement : statements) {
                batch.addBatch(product.plain(statement));
            }
            return batch.executeBatch();
        }
    }

    /**
     * Runs a query.
     *
     * @param sql the statement
     * @param making maps each row
     * @param values its parameters
     * @param <T> the type of the mapped values
     * @return the mapped rows
     * @throws SQLException if the server refuses
     */
    public <T> List<T> query(String sql, Row<T> making, @Nullable Object... values) throws SQLException {
        List<T> made = new ArrayList<>();
        try (PreparedStatement statement = prepared(sql, values)) {
            // Not executeQuery(): MySQL's driver doesn't accept MariaDB's "set statement" as the beginning of a query.
            statement.execute();
            try (ResultSet rows = statement.getResultSet()) {
                while (rows.next()) {
                    made.add(making.of(rows));
                }
            }
        }
        return made;
    }

    /**
     * Begins a transaction if none is open, with read committed: otherwise, MariaDB and MySQL would lock the gaps into which other
     * instances insert their rows.
     */
    private void begin() throws SQLException {
        if (!begun) {
            product.begin(borrowed.connection(), Limits.STATE);
            begun = true;
        }
    }

    private PreparedStatement prepared(String sql, @Nullable Object... values) throws SQLException {
        begin();
        PreparedStatement statement = borrowed.connection().prepareStatement(product.plain(sql));
        try {
            statement.setMaxRows(0);
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement;
        } catch (SQLException failure) {
            statement.close();
            throw failure;
        }
    }

    /**
     * Commits.
     *
     * @throws SQLException if the server doesn't confirm
     */
    public void commit() throws SQLException {
        begun = false;
        try {
            borrowed.connection().commit();
        } catch (SQLException failure) {
            borrowed.markBroken();
            throw failure;
        }
    }

    /**
     * Rolls back.
     *
     * @throws SQLException if the server doesn't confirm
     */
    public void rollback() throws SQLException {
        begun = false;
        borrowed.connection().rollback();
    }

    /** Gives the connection back as it came. */
    @Override
    public void close() {
        borrowed.close();
    }
}
