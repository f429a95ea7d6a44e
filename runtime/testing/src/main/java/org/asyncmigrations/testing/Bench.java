package org.asyncmigrations.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.dispatch.Rehearsal;
import org.asyncmigrations.session.Connections;
import org.asyncmigrations.state.StateSchema;
import org.asyncmigrations.state.StateTables;
import org.jooq.DSLContext;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.function.Executable;

/** The database of the tests, and what is done to it between two runs. Used by one thread. */
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
    private int copies;

    private Bench(Plan plan, TestServer.Running server) throws Exception {
        this.plan = plan;
        this.server = server;
        this.pool = new Pool(server.dataSource());
        Rehearsal rehearsal = Rehearsal.of(plan.registry().apply(new NodeSource(pool, Points.NONE, null)));
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

    private static Set<String> leftAlone(Ignored ignored, StateTables tables) {
        Set<String> names = new HashSet<>(ignored.names());
        tables.all().forEach(table -> names.add(table.getName().toLowerCase(Locale.ROOT)));
        return names;
    }

    /** What waits for a lock here would wait for itself: the nodes are stepped by the same thread. */
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
        for (TestRows rows : plan.given()) {
            write(rows);
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
                + " holds rows that they did not put there: "
                + (hasState ? stateTables.migrations().getName() + " " : "")
                + there.words()
                + "; name a database that is only for tests, let given(…) fill the tables, or, if these rows may go, add"
                + " mayDeleteRows()");
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

    /** {@return the tests' own way to the database, in auto-commit} */
    DSLContext dsl() {
        return DSL.using(own);
    }

    Connection own() {
        return own;
    }

    Schema schema() {
        return schema;
    }

    /** Looks at the tables anew. {@return whether a migration has made them others} */
    boolean hasOtherSchema() throws SQLException {
        Schema before = schema;
        schema = Schema.read(own, leftAlone);
        return !schema.equals(before);
    }

    Content content() throws SQLException {
        return Content.read(own, schema, plan.ignored());
    }

    Copy copy() {
        return Copy.of(own, schema, copies++);
    }

    /** Puts the tables back, and has the state tables forget what was run. */
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

    /** Runs a test, and cuts it off when it takes too long. */
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

    /** Remembers a node, so that it ends with its test. */
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
            throw new IllegalStateException(
                    "the database of these tests could not be left as it was: " + failure, failure);
        }
    }

    /** A pool has to have it back to count it out, and may complain that it has ended: that was wanted. */
    private void giveBackWhatHasEnded() {
        try {
            own.close();
        } catch (SQLException ended) {
            // As it should be.
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
                // Its settings and its temporary tables end with it.
                own.abort(Runnable::run);
                giveBackWhatHasEnded();
                pool.close();
            } finally {
                server.closing().close();
            }
        }
    }
}
