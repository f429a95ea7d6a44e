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
 * A borrowed connection for statements of plain JDBC: what an instance with nothing to do sends is to load no jOOQ. What is not
 * committed is rolled back at its close. Used by one thread.
 */
public final class PlainSession implements AutoCloseable {
    private final BorrowedConnection borrowed;
    private final Product product;
    private boolean begun;

    PlainSession(BorrowedConnection borrowed, Product product) {
        this.borrowed = borrowed;
        this.product = product;
        // Whoever waits for a server that is gone is missed by others meanwhile: not as long as a statement may take.
        borrowed.network().allowOne();
    }

    /**
     * Makes something of a row of a result.
     *
     * @param <T> what it makes
     */
    @FunctionalInterface
    public interface Row<T> {
        /**
         * Makes it.
         *
         * @param row the result, at the row
         * @return what was made
         * @throws SQLException when the driver fails
         */
        T of(ResultSet row) throws SQLException;
    }

    /**
     * A name as statements have it.
     *
     * @param name of a table or a column
     * @return the name in quotes
     */
    public String quoted(String name) {
        String quote = product.quote();
        return quote + name.replace(quote, quote + quote) + quote;
    }

    /**
     * The time by the database's clock, as {@link Product#clock(Duration)}.
     *
     * @param by how much later
     * @return an expression
     */
    public String clock(Duration by) {
        return product.clock(by);
    }

    /**
     * Changes something.
     *
     * @param sql the statement
     * @param values its parameters
     * @return the number of rows
     * @throws SQLException when the server refuses
     */
    public int update(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepared(sql, values)) {
            return statement.executeUpdate();
        }
    }

    /**
     * Changes several things, in one round trip if the driver can.
     *
     * @param statements the statements, without parameters
     * @return the number of rows of each
     * @throws SQLException when the server refuses one of them
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
     * Reads something.
     *
     * @param sql the statement
     * @param making makes something of each row
     * @param values its parameters
     * @param <T> what is made
     * @return what was made of the rows
     * @throws SQLException when the server refuses
     */
    public <T> List<T> query(String sql, Row<T> making, @Nullable Object... values) throws SQLException {
        List<T> made = new ArrayList<>();
        try (PreparedStatement statement = prepared(sql, values)) {
            // Not executeQuery(): MySQL's driver takes what begins with MariaDB's "set statement" for no query.
            statement.execute();
            try (ResultSet rows = statement.getResultSet()) {
                while (rows.next()) {
                    made.add(making.of(rows));
                }
            }
        }
        return made;
    }

    /** Read committed: MariaDB and MySQL would lock the gaps where other instances write themselves down. */
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
     * @throws SQLException when the server does not confirm
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
     * @throws SQLException when the server does not confirm
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
