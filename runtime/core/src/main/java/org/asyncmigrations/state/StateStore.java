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

/** The way to the state tables: transactions on them, and the events told after each commit. Thread-safe. */
public final class StateStore {
    private static final Logger LOG = LoggerFactory.getLogger(StateStore.class);

    /** What was absent is looked for again after so long: somebody may have added it by hand. */
    private static final Duration LOOK_EACH = Duration.ofMinutes(1);

    private final Connections connections;
    private final Supplier<StateTables> tables;
    private final String who;
    private final Consumer<MigrationEvent> told;
    private final Supplier<Duration> clockShift;
    private final AtomicBoolean warned = new AtomicBoolean();
    private volatile @Nullable StateNames names;
    private volatile @Nullable Absent absent;

    /** Optional columns that the tables did not have. */
    private record Absent(Set<Field<?>> columns, long readAt) {}

    /**
     * A store.
     *
     * @param connections where the tables are
     * @param tables their generated classes; asked for at the first statement, since making them loads jOOQ
     * @param who the instance's name, for the audit
     * @param told what is told each event after its commit; must not throw
     * @param clockShift how far the clock of this instance is ahead of the database's; zero but in tests
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
     * Does something in one transaction, and tells its events when it has committed.
     *
     * @param work what is done
     * @param <T> what it gives
     * @return what it gives
     * @throws SQLException when there is no connection, or the commit fails
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
     * Reads something, each statement in auto-commit: a transaction is as many statements again.
     *
     * @param work what is read
     * @param <T> what it gives
     * @return what it gives
     * @throws SQLException when there is no connection
     */
    public <T> T read(Function<StateTransaction, T> work) throws SQLException {
        Connection connection = connections.acquire();
        NetworkTimeout network = NetworkTimeout.of(connection);
        try {
            network.allowOne();
            T result = work.apply(within(connection));
            if (!connection.getAutoCommit()) {
                // A pool whose connections come so is not given one back in a transaction.
                connection.rollback();
            }
            return result;
        } finally {
            connections.giveBack(connection, network);
        }
    }

    /**
     * Begins a transaction in which user code is to run.
     *
     * @param session the session
     * @param limits what the transaction may take
     * @throws SQLException when the server refuses
     */
    public void beginWork(Session session, Limits limits) throws SQLException {
        session.begin(limits);
        if (session.product().numbersTransactionsByChange()) {
            within(session).change();
        }
    }

    /**
     * A transaction of the caller's own, in which state is changed too.
     *
     * @param session the session in which it is open
     * @return the state's side of it
     */
    public StateTransaction within(Session session) {
        return new StateTransaction(names(), session.dsl(), session.product(), this);
    }

    /**
     * A transaction on a connection of somebody else's, who commits it and is told no event of it.
     *
     * @param connection the connection
     * @return the state's side of it
     * @throws SQLException when the server cannot be asked what it is
     */
    public StateTransaction within(Connection connection) throws SQLException {
        Product product = connections.server().product();
        return new StateTransaction(names(), DSL.using(connection, product.dialect()), product, this);
    }

    /**
     * Tells the events of a transaction that has committed.
     *
     * @param committed the transaction
     */
    public void tell(StateTransaction committed) {
        committed.events().forEach(told);
    }

    /** Known by whoever has had a connection. */
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
     * Makes what the tables lack.
     *
     * @throws SQLException when there is no connection
     * @throws DataAccessException when the database cannot be worked with at present
     * @throws org.asyncmigrations.MigrationException when a table is somebody else's, or the right to make one is missing
     */
    public void install() throws SQLException {
        String leftOut = StateSchema.install(connections, tables());
        absent = null;
        if (leftOut != null && warned.compareAndSet(false, true)) {
            LOG.warn("async migrations: {}", leftOut);
        }
    }

    /** {@return whether the tables have a column; an optional one that was absent may have been added since} */
    boolean has(StateTransaction tx, Field<?> column) {
        Absent known = absent;
        if (known == null || !known.columns().isEmpty() && System.nanoTime() - known.readAt() > LOOK_EACH.toNanos()) {
            known = new Absent(StateSchema.absent(tx), System.nanoTime());
            absent = known;
        }
        return !known.columns().contains(column);
    }

    /** {@return where the tables are} */
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
