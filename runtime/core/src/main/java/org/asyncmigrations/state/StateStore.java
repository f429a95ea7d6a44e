package org.asyncmigrations.state;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.asyncmigrations.MigrationEvent;
import org.asyncmigrations.product.Limits;
import org.asyncmigrations.product.Product;
import org.asyncmigrations.session.Connections;
import org.asyncmigrations.session.NetworkTimeout;
import org.asyncmigrations.session.Session;
import org.jooq.Field;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Access to the state tables: transactions on them, and notification of events after each commit. Thread-safe. */
@SuppressWarnings("exports")
public final class StateStore {
    private static final Logger LOG = LoggerFactory.getLogger(StateStore.class);

    /** The time between checks for columns that were missing: someone may have added them by hand. */
    private static final Duration LOOK_EACH = Duration.ofMinutes(1);

    private final Connections connections;
    private final Supplier<StateTables> tables;
    private final String who;
    private final Consumer<MigrationEvent> told;
    private final Supplier<Duration> clockShift;
    private final AtomicBoolean warned = new AtomicBoolean();
    private volatile @Nullable StateNames names;
    private volatile @Nullable Absent absent;

    /** The optional columns that the tables lack. */
    private record Absent(Set<Field<?>> columns, long readAt) {}

    /**
     * A store.
     *
     * @param connections connects to the database
     * @param tables the tables' generated classes; requested at the first statement, since creating them loads jOOQ
     * @param who the instance's name, for events
     * @param told receives each event after its commit; must not throw
     * @param clockShift how far this instance's clock is ahead of the database's; zero except in tests
     */
    public StateStore(
            Connections connections,
            Supplier<StateTables> tables,
            String who,
            Consumer<MigrationEvent> told,
            Supplier<Duration> clockShift) {
        this.connections = connections;
        this.tables = tables;
        this.who = who;
        this.told = told;
        this.clockShift = clockShift;
    }

    /**
     * Runs work in one transaction, and sends its events after the commit.
     *
     * @param work the work
     * @param <T> the type of its result
     * @return its result
     * @throws SQLException if there is no connection, or the commit fails
     */
    public <T extends @Nullable Object> T transaction(Function<StateTransaction, T> work) throws SQLException {
        try (Session session = connections.borrow()) {
            session.begin(Limits.STATE);
            StateTransaction transaction = within(session);
            T result = work.apply(transaction);
            session.commit();
            tell(transaction);
            return result;
        }
    }

    /**
     * Reads with each statement in auto-commit; a transaction would double the number of statements.
     *
     * @param work what to read
     * @param <T> the type of its result
     * @return its result
     * @throws SQLException if there is no connection
     */
    public <T> T read(Function<StateTransaction, T> work) throws SQLException {
        Connection connection = connections.acquire();
        NetworkTimeout network = NetworkTimeout.of(connection);
        try {
            network.allowOne();
            T result = work.apply(within(connection));
            if (!connection.getAutoCommit()) {
                // If the pool's connections aren't in auto-commit, end the transaction before returning this one.
                connection.rollback();
            }
            return result;
        } finally {
            connections.giveBack(connection, network);
        }
    }

    /**
     * Begins a transaction in which user code will run. If the product numbers a transaction only with its first change, makes one.
     *
     * @param session the session
     * @param limits the transaction's limits
     * @throws SQLException if the server refuses
     */
    public void beginWork(Session session, Limits limits) throws SQLException {
        session.begin(limits);
        if (session.product().numbersTransactionsByChange()) {
            within(session).change();
        }
    }

    /**
     * The state's view of the caller's own transaction.
     *
     * @param session the session with the open transaction
     * @return the state's view of it
     */
    public StateTransaction within(Session session) {
        return new StateTransaction(names(), session.dsl(), session.product(), this);
    }

    /**
     * The state's view of a transaction on the caller's own connection. The caller commits it; no events are sent.
     *
     * @param connection the connection
     * @return the state's view of it
     * @throws SQLException if the server can't be asked for its product
     */
    public StateTransaction within(Connection connection) throws SQLException {
        Product product = connections.server().product();
        return new StateTransaction(names(), DSL.using(connection, product.dialect()), product, this);
    }

    /**
     * Sends the events of a committed transaction.
     *
     * @param committed the transaction
     */
    public void tell(StateTransaction committed) {
        committed.events().forEach(told);
    }

    /** Read once. The server's data is already cached if there was a connection before. */
    private StateNames names() {
        StateNames known = names;
        if (known == null) {
            try {
                known = StateNames.of(connections, tables());
            } catch (SQLException failure) {
                throw new DataAccessException("the schema of the state tables cannot be asked for", failure);
            }
            names = known;
        }
        return known;
    }

    /**
     * Creates the tables and columns that are missing.
     *
     * @throws SQLException if there is no connection
     * @throws DataAccessException if the database can't be used at the moment
     * @throws org.asyncmigrations.MigrationException if a table belongs to something else, or the right to create one is missing
     */
    public void install() throws SQLException {
        String leftOut = StateSchema.install(connections, tables());
        absent = null;
        if (leftOut != null && warned.compareAndSet(false, true)) {
            LOG.warn("async migrations: {}", leftOut);
        }
    }

    /** {@return whether the tables have a column; checked again from time to time while an optional one is missing} */
    boolean has(StateTransaction tx, Field<?> column) {
        Absent known = absent;
        if (known == null || !known.columns().isEmpty() && System.nanoTime() - known.readAt() > LOOK_EACH.toNanos()) {
            known = new Absent(StateSchema.absent(tx), System.nanoTime());
            absent = known;
        }
        return !known.columns().contains(column);
    }

    /** {@return the connections to the database with the tables} */
    public Connections connections() {
        return connections;
    }

    /** {@return the tables' generated classes} */
    public StateTables tables() {
        return tables.get();
    }

    String who() {
        return who;
    }

    Duration clockShift() {
        return clockShift.get();
    }
}
