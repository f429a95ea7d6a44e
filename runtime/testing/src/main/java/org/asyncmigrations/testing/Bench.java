package org.asyncmigrations.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.dispatch.RegistryBuilder;
import org.asyncmigrations.dispatch.Rehearsal;
import org.asyncmigrations.session.Connections;
import org.asyncmigrations.state.StateSchema;
import org.asyncmigrations.state.StateTables;
import org.jooq.DSLContext;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.function.Executable;

/** The database of the tests, and its operations between two runs. Used by one thread. */
final class Bench implements AutoCloseable {
    private final Plan plan;
    private final TestServer.Running server;
    private final Pool pool;
    private final Connection own;
    private final List<Node> nodes = new ArrayList<>();
    private final List<MigrationEntry> entries;
    private final StateTables stateTables;
    private final Set<String> leftAlone;
    private Schema schema;
    private @Nullable Copy users;
    private @Nullable Content start;
    private int copies;

    private Bench(Plan plan, TestServer.Running server) throws Exception {
        this.plan = plan;
        this.server = server;
        this.pool = new Pool(server.dataSource());
        Rehearsal rehearsal = rehearsal(plan, pool);
        this.entries = rehearsal.entries();
        this.stateTables = rehearsal.tables();
        this.leftAlone = leftAlone(plan.ignored(), stateTables);
        this.own = pool.take();
        giveWay();
        this.schema = Schema.read(own, leftAlone);
        StateSchema.install(Connections.of(new NodeSource(pool, Points.NONE, null)), stateTables);
    }

    static Bench open(Plan plan) {
        try {
            TestServer.Running server = plan.database().open();
            try {
                Bench bench = new Bench(plan, server);
                bench.fill();
                return bench;
            } catch (Throwable failure) {
                server.closing().close();
                throw failure;
            }
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new IllegalStateException("the database of these tests cannot be used: " + failure, failure);
        }
    }

    private static Rehearsal rehearsal(Plan plan, Pool pool) {
        NodeSource source = new NodeSource(pool, Points.NONE, null);
        RegistryBuilder<?> builder;
        try {
            builder = plan.registry().apply(source);
        } catch (RuntimeException | LinkageError failure) {
            throw UserFailure.of(
                    "the function given to MigrationTests.of(…), which makes the registry's builder,", failure);
        }
        return Rehearsal.of(builder);
    }

    private static Set<String> leftAlone(Ignored ignored, StateTables tables) {
        Set<String> names = new HashSet<>(ignored.names());
        tables.all().forEach(table -> names.add(table.getName().toLowerCase(Locale.ROOT)));
        return names;
    }

    /** With a short lock timeout: the same thread steps the nodes, so a longer wait would be for itself. */
    private void giveWay() {
        switch (dsl().family()) {
            case POSTGRES -> dsl().execute("set lock_timeout = '50ms'");
            case H2 -> dsl().execute("set lock_timeout 50");
            case MARIADB -> dsl().execute("set innodb_lock_wait_timeout = 0");
            default -> dsl().execute("set innodb_lock_wait_timeout = 1");
        }
    }

    private void fill() throws Exception {
        requireEmpty();
        users = copy();
        for (int i = 0; i < plan.given().size(); i++) {
            write("call " + (i + 1) + " of script(…) or given(…)", plan.given().get(i));
        }
        schema = Schema.read(own, leftAlone);
    }

    private void requireEmpty() throws SQLException {
        Content there = content();
        boolean hasState = dsl().fetchExists(stateTables.migrations());
        if (plan.allowances().deletesRows() || (there.isEmpty() && !hasState)) {
            return;
        }
        throw new IllegalStateException("these tests delete the rows of all tables, and "
                + own.getMetaData().getURL().replaceAll("[?;].*", "")
                + " contains rows that they did not create: "
                + (hasState ? stateTables.migrations().getName() + " " : "")
                + there.words()
                + "; use a database that is only for tests, let given(…) fill the tables, or, if these rows can be"
                + " deleted, add mayDeleteRows()");
    }

    Plan plan() {
        return plan;
    }

    List<MigrationEntry> entries() {
        return entries;
    }

    StateTables stateTables() {
        return stateTables;
    }

    Pool pool() {
        return pool;
    }

    /** {@return the tests' own jOOQ context, in auto-commit} */
    DSLContext dsl() {
        return DSL.using(own);
    }

    Connection own() {
        return own;
    }

    Schema schema() {
        return schema;
    }

    /** Reads the tables' definitions again. {@return whether a migration has changed them} */
    boolean hasOtherSchema() throws SQLException {
        Schema before = schema;
        schema = Schema.read(own, leftAlone);
        return !schema.equals(before);
    }

    /** {@return the rows of the tables; new keys that the database has generated are replaced by stable names} */
    Content content() throws SQLException {
        return start == null ? asRead() : NewKeys.named(schema, asRead(), start);
    }

    /** {@return the rows of the tables, with the keys that the database has generated} */
    Content asRead() throws SQLException {
        return Content.read(own, schema, plan.ignored());
    }

    /**
     * A migration is about to begin.
     *
     * @param with the rows of the tables, as read
     */
    void begin(Content with) {
        start = with;
    }

    Copy copy() {
        return Copy.of(own, schema, copies++);
    }

    /** Restores the tables, and empties the state tables. */
    void restore(Copy copy) throws SQLException {
        copy.restore(own);
        forget();
    }

    private void forget() {
        List<Table<?>> tables = new ArrayList<>(stateTables.all());
        for (int i = tables.size() - 1; i >= 0; i--) {
            dsl().deleteFrom(tables.get(i)).execute();
        }
    }

    /** Writes a user's rows. If they can't be written, the failure says whose they are. */
    void write(String whose, TestRows rows) {
        try {
            write(rows);
        } catch (Exception failure) {
            throw UserFailure.of(whose, failure);
        }
    }

    /** Writes rows in one transaction. */
    void write(TestRows rows) throws Exception {
        own.setAutoCommit(false);
        try {
            rows.into(dsl());
            own.commit();
        } finally {
            own.rollback();
            own.setAutoCommit(true);
        }
    }

    /** Runs a test, and cuts it off if it takes too long. */
    void limited(Executable body) throws Throwable {
        try (Watchdog watchdog = new Watchdog(plan.within(), this::stopNodes)) {
            try {
                body.execute();
            } catch (Throwable failure) {
                watchdog.require();
                throw failure;
            } finally {
                endNodes();
            }
            watchdog.require();
        }
    }

    /** Registers a node, which then ends with its test. */
    synchronized Node add(Node node) {
        nodes.add(node);
        return node;
    }

    private synchronized List<Node> nodes() {
        return List.copyOf(nodes);
    }

    private void stopNodes() {
        nodes().forEach(Node::stop);
    }

    private void endNodes() {
        nodes().forEach(Node::close);
        synchronized (this) {
            nodes.clear();
        }
    }

    @Override
    public void close() {
        try {
            leave();
        } catch (Exception failure) {
            throw new IllegalStateException("the database of these tests could not be restored: " + failure, failure);
        }
    }

    /** The pool must get the connection back to stop counting it. It may report that the connection is closed, which is intended. */
    private void giveBackWhatHasEnded() {
        try {
            own.close();
        } catch (SQLException ended) {
            // As intended.
        }
    }

    private void leave() throws Exception {
        try {
            endNodes();
            if (users != null && users.schema().equals(schema)) {
                restore(users);
            }
        } finally {
            try {
                // This also ends its settings and its temporary tables.
                own.abort(Runnable::run);
                giveBackWhatHasEnded();
                pool.close();
            } finally {
                server.closing().close();
            }
        }
    }
}
