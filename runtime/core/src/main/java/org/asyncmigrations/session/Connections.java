package org.asyncmigrations.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.asyncmigrations.product.Limits;
import org.asyncmigrations.product.Product;
import org.asyncmigrations.product.Products;
import org.asyncmigrations.product.Trouble;
import org.asyncmigrations.product.UnsupportedProductException;
import org.jooq.Configuration;
import org.jooq.ConnectionProvider;
import org.jooq.impl.DataSourceConnectionProvider;
import org.jooq.impl.DefaultConfiguration;
import org.jooq.impl.DefaultConnectionProvider;
import org.jooq.impl.NoConnectionProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The only place where connections are borrowed and given back, from the application's data source or jOOQ configuration. Thread-safe. */
public final class Connections {
    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    /** If present, connections come from here directly, so that the first statement needn't wait until jOOQ's classes are loaded. */
    private final @Nullable DataSource dataSource;

    private final @Nullable Configuration users;
    private final boolean allowsUnknownProduct;

    /** Connections that were borrowed on another thread. */
    private final Set<Connection> elsewhere =
            Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

    /** When each caller that still waits for a connection began to wait. */
    private final Map<Object, Long> waiting = new ConcurrentHashMap<>();

    private final @Nullable String stateSchema;
    private final Object asking = new Object();
    private volatile @Nullable Server server;

    private Connections(
            @Nullable DataSource dataSource,
            @Nullable Configuration users,
            boolean allowsUnknownProduct,
            @Nullable String stateSchema) {
        this.stateSchema = stateSchema;
        this.dataSource = dataSource;
        this.users = users;
        this.allowsUnknownProduct = allowsUnknownProduct;
    }

    /**
     * What the server is asked only once.
     *
     * @param product the server's product
     * @param schema the schema in which an unqualified table is created; null if the connections have none
     */
    public record Server(Product product, @Nullable String schema) {}

    /**
     * Connections from a data source.
     *
     * @param dataSource the database of the data and the state tables
     * @return the connections; none is opened
     */
    public static Connections of(DataSource dataSource) {
        return new Connections(dataSource, null, false, null);
    }

    /**
     * Connections from a jOOQ configuration. User code keeps its settings, listeners and converters.
     *
     * @param configuration a configuration with a pool
     * @return the connections; none is opened
     * @throws IllegalArgumentException if it holds a single connection or none, since each worker needs its own
     */
    public static Connections of(Configuration configuration) {
        ConnectionProvider provider = configuration.connectionProvider();
        if (provider instanceof DefaultConnectionProvider || provider instanceof NoConnectionProvider) {
            throw new IllegalArgumentException(
                    "a jOOQ Configuration for async migrations needs a data source, not a single connection; create it"
                            + " with DSL.using(dataSource, dialect).configuration()");
        }
        return new Connections(null, configuration, false, null);
    }

    /** {@return the same connections, which treat a server that speaks a product's protocol as that product} */
    public Connections allowingUnknownProduct() {
        return new Connections(dataSource, users, true, stateSchema);
    }

    /**
     * The same connections for state tables in a schema that is chosen at run time.
     *
     * @param schema the schema, on MariaDB and MySQL a database
     * @return the connections
     */
    public Connections withStateSchema(String schema) {
        return new Connections(dataSource, users, allowsUnknownProduct, schema);
    }

    /** {@return the schema of the state tables that was chosen at run time, null for none} */
    public @Nullable String stateSchema() {
        return stateSchema;
    }

    /** {@return the application's configuration, null for a data source} */
    public @Nullable Configuration configuration() {
        return users;
    }

    /**
     * Borrows a connection. Close the session to give it back.
     *
     * @return a session over it
     * @throws SQLException if no connection is available
     */
    public Session borrow() throws SQLException {
        return borrowed(
                (connection, known) -> new Session(connection, known.product(), configuration(known.product())));
    }

    /**
     * Borrows a connection for plain JDBC statements. Close the session to give it back.
     *
     * @return a session over it
     * @throws SQLException if no connection is available
     */
    public PlainSession borrowPlain() throws SQLException {
        return borrowed((connection, known) -> new PlainSession(connection, known.product()));
    }

    /** {@return the source of the connections, the same object for all registries that share it} */
    public Object source() {
        if (users == null) {
            return Objects.requireNonNull(dataSource);
        }
        ConnectionProvider provider = users.connectionProvider();
        return provider instanceof DataSourceConnectionProvider given ? given.dataSource() : provider;
    }

    private <S> S borrowed(Opening<S> opening) throws SQLException {
        Connection connection = acquire();
        NetworkTimeout network = NetworkTimeout.of(connection);
        BorrowedConnection borrowed;
        Server known;
        try {
            network.allowOne();
            known = server(connection);
            borrowed = new BorrowedConnection(connection, network, this, known.product());
        } catch (RuntimeException | SQLException failure) {
            giveBack(connection, network);
            throw failure;
        }
        try {
            return opening.of(borrowed, known);
        } catch (RuntimeException | SQLException failure) {
            borrowed.close();
            throw failure;
        }
    }

    private interface Opening<S> {
        S of(BorrowedConnection connection, Server server) throws SQLException;
    }

    /**
     * The server, detected with the first connection.
     *
     * @return the server
     * @throws SQLException if no connection is available
     */
    public Server server() throws SQLException {
        Server known = server;
        if (known != null) {
            return known;
        }
        Connection connection = acquire();
        NetworkTimeout network = NetworkTimeout.of(connection);
        try {
            network.allowOne();
            return server(connection);
        } finally {
            giveBack(connection, network);
        }
    }

    private Server server(Connection connection) throws SQLException {
        Server known = server;
        if (known == null) {
            // Only one thread asks, so that log lines about the server appear once.
            synchronized (asking) {
                known = server;
                if (known == null) {
                    known = found(connection);
                    server = known;
                    return known;
                }
            }
        }
        if (!known.product().keepsSchema()) {
            requireSchema(connection, known);
        }
        return known;
    }

    private Server found(Connection connection) throws SQLException {
        Product product = Products.of(connection, allowsUnknownProduct);
        Server found = new Server(product, product.currentSchema(connection));
        if (!connection.getAutoCommit()) {
            connection.rollback();
        }
        return found;
    }

    /** Refuses a connection to another schema, where the migrations would find other tables with the same names. */
    private static void requireSchema(Connection connection, Server known) throws SQLException {
        String schema = known.product().currentSchema(connection);
        if (!Objects.equals(schema, known.schema())) {
            throw new SQLNonTransientConnectionException(
                    "the pool handed out a connection to " + schema + ", but async migrations started in "
                            + known.schema()
                            + "; give each schema its own data source, and set the schema in its URL",
                    "08003");
        }
    }

    /**
     * Borrows a connection without changing it, for one plain JDBC statement. It is in no transaction.
     *
     * @return the connection, to be given back by {@link #giveBack}
     * @throws SQLException if no connection is available
     */
    public Connection acquire() throws SQLException {
        Connection connection = handedOut();
        if (!isFresh(connection)) {
            // Either the caller's transaction is bound to this thread, or the pool is configured without auto-commit.
            // Another thread shows which.
            giveBack(connection);
            connection = OtherThread.call(this::handedOutElsewhere);
            elsewhere.add(connection);
        }
        return connection;
    }

    private Connection handedOutElsewhere() throws SQLException {
        Connection connection = handedOut();
        NetworkTimeout network = NetworkTimeout.of(connection);
        boolean isFree = false;
        try {
            network.allowOne();
            boolean isInTransaction = !connection.getAutoCommit() && Products.isInTransaction(connection);
            network.restore();
            isFree = !isInTransaction;
        } finally {
            if (!isFree) {
                giveBack(connection, network);
            }
        }
        if (!isFree) {
            throw new SQLNonTransientConnectionException(
                    "the data source hands out a connection that is in somebody else's transaction, which async"
                            + " migrations neither commit nor roll back; give the builder a data source with its own"
                            + " connections",
                    "08003");
        }
        return connection;
    }

    private boolean isFresh(Connection connection) throws SQLException {
        try {
            return connection.getAutoCommit();
        } catch (SQLException | RuntimeException failure) {
            giveBack(connection);
            throw failure;
        }
    }

    /** {@return the longest current wait for a connection; zero if no one waits} */
    public Duration longestWait() {
        long now = System.nanoTime();
        return Duration.ofNanos(
                waiting.values().stream().mapToLong(since -> now - since).max().orElse(0));
    }

    private Connection handedOut() throws SQLException {
        Object wait = new Object();
        waiting.put(wait, System.nanoTime());
        try {
            return asked();
        } finally {
            waiting.remove(wait);
        }
    }

    private Connection asked() throws SQLException {
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
            // jOOQ's providers throw these, and so do pools that connect at the first call.
            SQLException cause = Trouble.sqlException(failure);
            throw cause != null
                    ? cause
                    : new SQLNonTransientConnectionException(failure.getMessage(), "08001", failure);
        }
    }

    /**
     * Gives back a connection of {@link #acquire}, and restores its network timeout.
     *
     * @param connection the connection
     * @param network its network timeout
     */
    public void giveBack(Connection connection, NetworkTimeout network) {
        try {
            network.restore();
        } catch (SQLException | RuntimeException failure) {
            LOG.debug("a connection's network timeout could not be restored: {}", failure.toString());
        }
        giveBack(connection);
    }

    /**
     * Gives back a connection of {@link #acquire}.
     *
     * @param connection the connection
     */
    public void giveBack(Connection connection) {
        if (elsewhere.remove(connection)) {
            // A provider may require that the borrowing thread gives the connection back.
            try {
                OtherThread.call(() -> {
                    release(connection);
                    return connection;
                });
            } catch (SQLException failure) {
                LOG.debug("a connection could not be returned to its pool: {}", failure.toString());
            }
        } else {
            release(connection);
        }
    }

    private void release(Connection connection) {
        try {
            if (users == null) {
                connection.close();
            } else {
                users.connectionProvider().release(connection);
            }
        } catch (SQLException | RuntimeException failure) {
            // Whatever a pool throws here, the work on the connection is already done.
            LOG.debug("a connection could not be returned to its pool: {}", failure.toString());
        }
    }

    /**
     * Runs work in one short transaction on the state tables.
     *
     * @param work the work; if it throws, the transaction is rolled back
     * @param <T> the type of its result
     * @return its result
     * @throws SQLException if there is no connection, or the commit fails
     */
    public <T extends @Nullable Object> T transaction(TransactionalWork<T> work) throws SQLException {
        try (Session session = borrow()) {
            session.begin(Limits.STATE);
            T result = work.in(session.dsl());
            session.commit();
            return result;
        }
    }

    /** The configuration of user code's statements: the application's own, or jOOQ's defaults. */
    private Configuration configuration(Product product) {
        JooqVersion.requireTested();
        if (users == null) {
            return new DefaultConfiguration().set(product.dialect());
        }
        if (!product.speaks(users.family())) {
            throw new UnsupportedProductException("the jOOQ configuration has the dialect "
                    + users.family().getName() + ", but the database is " + product.name()
                    + "; create it with DSL.using(dataSource, SQLDialect." + product.dialect() + ")");
        }
        return users;
    }
}
