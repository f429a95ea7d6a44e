package org.asyncmigrations.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.table;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.asyncmigrations.OwnThreads;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.dispatch.TroubleServer;
import org.asyncmigrations.product.Limits;
import org.asyncmigrations.session.Connections;
import org.asyncmigrations.session.Session;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which sessions count as waiting for a batch. */
class WaitersTest {
    private static final String UPDATE = "update accounts set id = id";

    private final Waiters waiters = new Waiters();
    private final Deque<Connection> connections = new ArrayDeque<>();
    private final Deque<CompletableFuture<Void>> waiting = new ArrayDeque<>();

    /** Ends the newest connection first, since it waits for the older ones. */
    @AfterEach
    void endsAll() throws Exception {
        for (Connection connection : connections) {
            connection.abort(Runnable::run);
        }
        for (CompletableFuture<Void> one : waiting) {
            one.handle((done, failure) -> done).get(1, TimeUnit.MINUTES);
        }
    }

    private Statement connected(String url, String user, String password) throws SQLException {
        Connection connection = DriverManager.getConnection(url, user, password);
        connection.setAutoCommit(false);
        connections.addFirst(connection);
        return connection.createStatement();
    }

    private void waits(Statement statement, String sql) {
        waiting.addFirst(CompletableFuture.runAsync(
                () -> {
                    try {
                        statement.execute(sql);
                    } catch (SQLException failure) {
                        throw new IllegalStateException(failure);
                    }
                },
                new OwnThreads()));
    }

    private static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static void untilSoManyWait(TestDatabase.Fresh fresh, int many) {
        until(() -> fresh.dsl()
                        .fetchCount(
                                table("pg_locks"),
                                field("granted", Boolean.class).isFalse())
                == many);
    }

    @Test
    void whoWaitsForAnothersLockOnOurTableDoesNot() throws Exception {
        try (var fresh = TestDatabase.POSTGRES.fresh();
                Session session = batch(fresh)) {
            String lock = "lock table accounts in share update exclusive mode";
            connected(fresh.url(), "postgres", "").execute(lock);
            waits(connected(fresh.url(), "postgres", ""), lock);
            untilSoManyWait(fresh, 1);
            assertThat(waiters.exist(session)).isFalse();
            waits(connected(fresh.url(), "postgres", ""), UPDATE);
            untilSoManyWait(fresh, 2);
            assertThat(waiters.exist(session)).isTrue();
            endsAll();
        }
    }

    @Test
    void ourOwnWorkersDoNot() throws Exception {
        try (var fresh = TestDatabase.POSTGRES.fresh();
                Session session = batch(fresh)) {
            Statement other = connected(fresh.url(), "postgres", "");
            other.execute("set application_name = 'async:host:1:2'");
            waits(other, UPDATE);
            untilSoManyWait(fresh, 1);
            assertThat(waiters.exist(session)).isFalse();
            waits(connected(fresh.url(), "postgres", ""), "lock table accounts in share mode");
            untilSoManyWait(fresh, 2);
            assertThat(waiters.exist(session)).isTrue();
            endsAll();
        }
    }

    /** A transaction that has changed a row, as a batch does. */
    private static Session batch(TestDatabase.Fresh fresh) throws SQLException {
        fresh.dsl().createTable("accounts").column("id", SQLDataType.INTEGER).execute();
        fresh.dsl().insertInto(table("accounts")).values(1).execute();
        Session session = Connections.of(fresh.dataSource()).borrow();
        session.begin(Limits.STATE);
        session.dsl().execute(UPDATE);
        return session;
    }

    @Test
    void whatCouldBeToldAndCannotAnyMoreCountsAsOne() throws Exception {
        String url = TroubleServer.mariaDbUrl("restricted");
        TroubleServer.onMariaDb("create user waited@localhost identified by 'secret'");
        TroubleServer.onMariaDb("grant all on restricted.* to waited@localhost");
        TroubleServer.onMariaDb("grant process on *.* to waited@localhost");
        TroubleServer.onMariaDb("create table restricted.accounts (id int)");
        TroubleServer.onMariaDb("insert into restricted.accounts values (1)");
        Connections waited = Connections.of(TroubleServer.plain(TestDatabase.MARIADB, url, "waited", "secret"));
        try (Session allowed = waited.borrow()) {
            allowed.begin(Limits.STATE);
            allowed.dsl().execute(UPDATE);
            waits(connected(url, "waited", "secret"), UPDATE);
            until(() -> waiters.exist(allowed));
            TroubleServer.onMariaDb("revoke process on *.* from waited@localhost");
            try (Session refused = waited.borrow()) {
                refused.begin(Limits.STATE);
                assertThat(waiters.exist(refused)).isTrue();
                assertThat(new Waiters().exist(refused))
                        .as("where it never could")
                        .isFalse();
            }
            endsAll();
        }
    }
}
