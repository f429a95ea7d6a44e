package org.asyncmigrations.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Objects;
import javax.sql.DataSource;
import org.asyncmigrations.MigrationException;
import org.jooq.Configuration;
import org.jooq.ConnectionProvider;
import org.jooq.SQLDialect;
import org.jooq.impl.DefaultConfiguration;
import org.jooq.impl.DefaultConnectionProvider;
import org.jooq.impl.NoConnectionProvider;
import org.jooq.tools.jdbc.JDBCUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where connections are borrowed and given back, from a data source or from a jOOQ configuration of the
 * application's. Safe for threads.
 */
public final class Connections {
    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    /** Where there is one, connections come from it directly: the first statement is not to wait for jOOQ's classes. */
    private final @Nullable DataSource dataSource;

    private final @Nullable Configuration users;
    private volatile @Nullable Database database;
    private volatile TransactionSettings.Abilities abilities = TransactionSettings.Abilities.NONE;

    private Connections(@Nullable DataSource dataSource, @Nullable Configuration users) {
        this.dataSource = dataSource;
        this.users = users;
    }

    /**
     * Connections of a data source.
     *
     * @param dataSource where the data and the state tables are
     * @return the connections; none is opened
     */
    public static Connections of(DataSource dataSource) {
        return new Connections(dataSource, null);
    }

    /**
     * Connections of a jOOQ configuration, whose settings, listeners and converters user code keeps.
     *
     * @param configuration one with a pool behind it
     * @return the connections; none is opened
     * @throws IllegalArgumentException for one that holds a bare connection or none: each worker needs its own
     */
    public static Connections of(Configuration configuration) {
        ConnectionProvider provider = configuration.connectionProvider();
        if (provider instanceof DefaultConnectionProvider || provider instanceof NoConnectionProvider) {
            throw new IllegalArgumentException(
                    "a jOOQ Configuration for async migrations must have a data source behind it,"
                            + " not a single connection; make it with DSL.using(dataSource, dialect).configuration()");
        }
        return new Connections(null, configuration);
    }

    /**
     * Borrows a connection; it has to be closed.
     *
     * @return a session over it
     * @throws SQLException when the database does not give one
     */
    public Session borrow() throws SQLException {
        Connection connection = acquire();
        try {
            Database product = product(connection);
            return new Session(new BorrowedConnection(connection, this), product, abilities, configuration(product));
        } catch (RuntimeException | SQLException failure) {
            giveBack(connection);
            throw failure;
        }
    }

    /**
     * Borrows a connection as it is, for one statement of plain JDBC.
     *
     * @return the connection, to be given back by {@link #giveBack}
     * @throws SQLException when the database does not give one
     */
    public Connection acquire() throws SQLException {
        try {
            if (users == null) {
                return Objects.requireNonNull(dataSource).getConnection();
            }
            Connection connection = users.connectionProvider().acquire();
            if (connection == null) {
                throw new SQLNonTransientConnectionException("the connection provider gave no connection", "08001");
            }
            return connection;
        } catch (RuntimeException failure) {
            // jOOQ's providers throw such, and pools that connect at the first call.
            SQLException cause = Trouble.sqlException(failure);
            throw cause != null
                    ? cause
                    : new SQLNonTransientConnectionException(failure.getMessage(), "08001", failure);
        }
    }

    /**
     * Gives back what {@link #acquire} borrowed.
     *
     * @param connection the connection
     */
    public void giveBack(Connection connection) {
        try {
            if (users == null) {
                connection.close();
            } else {
                users.connectionProvider().release(connection);
            }
        } catch (SQLException | RuntimeException failure) {
            // Whatever a pool throws here: what was done with the connection has been done.
            LOG.debug("a connection could not be given back: {}", failure.toString());
        }
    }

    /**
     * Does something in one short transaction on the state tables.
     *
     * @param work what is done; when it throws, the transaction is rolled back
     * @param <T> what it gives
     * @return what it gives
     * @throws SQLException when there is no connection, or the commit fails
     */
    public <T extends @Nullable Object> T transaction(TransactionalWork<T> work) throws SQLException {
        try (Session session = borrow()) {
            session.begin(Limits.STATE);
            T result = work.in(session.dsl());
            session.commit();
            return result;
        }
    }

    private Database product(Connection connection) throws SQLException {
        Database known = database;
        if (known == null) {
            SQLDialect dialect = users == null ? JDBCUtils.dialect(connection) : users.dialect();
            try {
                known = Database.of(dialect);
            } catch (IllegalArgumentException unsupported) {
                throw new MigrationException(0, String.valueOf(unsupported.getMessage()), unsupported);
            }
            abilities = TransactionSettings.abilities(connection, known);
            database = known;
        }
        return known;
    }

    /** What user code's statements are configured by: the application's own configuration, or jOOQ's defaults. */
    private Configuration configuration(Database product) {
        return users != null ? users : new DefaultConfiguration().set(product.dialect());
    }
}
