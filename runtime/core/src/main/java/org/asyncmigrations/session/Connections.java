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

/**
 * The one place where connections are borrowed and given back, from a data source or from a jOOQ configuration of the
 * application's. Safe for threads.
 */
public final class Connections {
    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    /** Where there is one, connections come from it directly: the first statement is not to wait for jOOQ's classes. */
    private final @Nullable DataSource dataSource;

    private final @Nullable Configuration users;
    private final boolean allowsUnknownProduct;

    /** Those that were borrowed on another thread. */
    private final Set<Connection> elsewhere =
            Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

    /** Since when those wait who have asked for a connection and have none. */
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
     * What is asked of the server once.
     *
     * @param product what it is
     * @param schema where a table without schema is created; null if the connections have no such schema
     */
    public record Server(Product product, @Nullable String schema) {}

    /**
     * Connections of a data source.
     *
     * @param dataSource where the data and the state tables are
     * @return the connections; none is opened
     */
    public static Connections of(DataSource dataSource) {
        return new Connections(dataSource, null, false, null);
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
        return new Connections(null, configuration, false, null);
    }

    /** {@return the same connections, which take a server that speaks a product's protocol for that product} */
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

    /** {@return the configuration of the application's, null for a data source} */
    public @Nullable Configuration configuration() {
        return users;
    }

    /**
     * Borrows a connection; it has to be closed.
     *
     * @return a session over it
     * @throws SQLException when the database does not give one
     */
    public Session borrow() throws SQLException {
        return borrowed(
                (connection, known) -> new Session(connection, known.product(), configuration(known.product())));
    }

    /**
     * Borrows a connection for statements of plain JDBC; it has to be closed.
     *
     * @return a session over it
     * @throws SQLException when the database does not give one
     */
    public PlainSession borrowPlain() throws SQLException {
        return borrowed((connection, known) -> new PlainSession(connection, known.product()));
    }

    /** {@return what the connections come from, the same for all registries that share it} */
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
     * What the server is, asked with the first connection.
     *
     * @return the server
     * @throws SQLException when the database gives no connection
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
            // One thread asks: what is to be said of a server is said once.
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

    /** In another schema the migrations would find other tables of the same names. */
    private static void requireSchema(Connection connection, Server known) throws SQLException {
        String schema = known.product().currentSchema(connection);
        if (!Objects.equals(schema, known.schema())) {
            throw new SQLNonTransientConnectionException(
                    "the pool handed out a connection to " + schema + ", and async migrations began in "
                            + known.schema()
                            + "; give each schema a data source of its own, and set the schema in its URL",
                    "08003");
        }
    }

    /**
     * Borrows a connection as it is, for one statement of plain JDBC. It is in no transaction.
     *
     * @return the connection, to be given back by {@link #giveBack}
     * @throws SQLException when the database does not give one
     */
    public Connection acquire() throws SQLException {
        Connection connection = handedOut();
        if (!isFresh(connection)) {
            // A transaction of the caller's is bound to this thread, or the pool is set so: another thread tells.
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
                    "the data source hands out a connection that is in somebody else's transaction, which async migrations"
                            + " neither commit nor roll back; give the builder a data source with connections of their own",
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

    /** {@return how long somebody has been waiting for a connection by now; zero if nobody waits} */
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
            // jOOQ's providers throw such, and pools that connect at the first call.
            SQLException cause = Trouble.sqlException(failure);
            throw cause != null
                    ? cause
                    : new SQLNonTransientConnectionException(failure.getMessage(), "08001", failure);
        }
    }

    /**
     * Gives back what {@link #acquire} borrowed, with the time that it waits for its server as it was.
     *
     * @param connection the connection
     * @param network its time
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
     * Gives back what {@link #acquire} borrowed.
     *
     * @param connection the connection
     */
    public void giveBack(Connection connection) {
        if (elsewhere.remove(connection)) {
            // A provider may take a connection back on the thread alone that has borrowed it.
            try {
                OtherThread.call(() -> {
                    release(connection);
                    return connection;
                });
            } catch (SQLException failure) {
                LOG.debug("a connection could not be given back: {}", failure.toString());
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

    /** What user code's statements are configured by: the application's own configuration, or jOOQ's defaults. */
    private Configuration configuration(Product product) {
        JooqVersion.requireTested();
        if (users == null) {
            return new DefaultConfiguration().set(product.dialect());
        }
        if (!product.speaks(users.family())) {
            throw new UnsupportedProductException("the jOOQ configuration has the dialect "
                    + users.family().getName() + ", and the database is " + product.name()
                    + "; make it with DSL.using(dataSource, SQLDialect." + product.dialect() + ")");
        }
        return users;
    }
}
