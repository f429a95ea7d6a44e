package org.asyncmigrations.testing.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.asyncmigrations.product.Limits;
import org.asyncmigrations.product.Product;
import org.asyncmigrations.product.Trouble;
import org.asyncmigrations.session.Session;
import org.asyncmigrations.session.UserWork;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.ExecuteListener;
import org.jooq.impl.DSL;
import org.jooq.tools.jdbc.SingleConnectionDataSource;

/** The limits that a transaction gets, and that they end with it. Stateless and thread-safe. */
final class LimitFacts {
    static final String LOCK_TIMEOUT =
            "a statement that waits for a lock ends after the lock timeout, and that is LOCK";
    static final String RAISED = "a raised lock timeout lets a statement wait longer";
    static final String SHOWN = "a session that works under a claim shows its name";
    static final String TRANSACTION_FOUND = "a transaction that somebody has begun is found on a connection";

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration FOUR_SECONDS = Duration.ofSeconds(4);
    private static final Duration LONG = Duration.ofSeconds(60);

    /** A billion combinations: no server counts them in a second. */
    private static final String SLOW = "select count(*) from %1$s x, %1$s y, %1$s z where x.id + y.id + z.id < 0";

    private LimitFacts() {}

    static List<Fact> all() {
        return List.of(
                new Fact("a statement sees what others have committed since the last one", LimitFacts::readsCommitted),
                new Fact(LOCK_TIMEOUT, LimitFacts::lockTimeout),
                new Fact(RAISED, LimitFacts::raisedLockTimeout),
                new Fact(
                        "a slow SELECT ends after the statement timeout, and that is TIMEOUT",
                        server -> timesOut(server, SLOW)),
                new Fact(
                        "a slow UPDATE ends after the statement timeout, and that is TIMEOUT",
                        server -> timesOut(server, "update %2$s set b = 1 where (" + SLOW + ") = 0")),
                new Fact(
                        "a slow DELETE ends after the statement timeout, and that is TIMEOUT",
                        server -> timesOut(server, "delete from %2$s where (" + SLOW + ") = 0")),
                new Fact(
                        "a slow INSERT ends after the statement timeout, and that is TIMEOUT",
                        server -> timesOut(
                                server,
                                "insert into %2$s (id, a, b) select 7, 7, count(*) from %1$s x, %1$s y, %1$s z"
                                        + " where x.id + y.id + z.id < 0")),
                new Fact("limits do not stay on the session", LimitFacts::limitsEnd),
                new Fact(SHOWN, LimitFacts::showsName),
                new Fact(TRANSACTION_FOUND, LimitFacts::transactionFound));
    }

    static Limits limits(Duration lock, Duration statement, String name) {
        return new Limits(lock, statement, LONG, Duration.ZERO, name, true, false);
    }

    private static void readsCommitted(Server server) throws Exception {
        String table = server.filled(0);
        try (Session session = server.session()) {
            session.begin(Limits.STATE);
            assertEquals(1, session.dsl().fetchCount(session.dsl().selectFrom(table)));
            server.run("insert into " + table + " values (2, 2, 2)");
            assertEquals(2, session.dsl().fetchCount(session.dsl().selectFrom(table)));
            try (Connection other = server.source().getConnection()) {
                other.setAutoCommit(false);
                other.createStatement().execute("insert into " + table + " values (3, 3, 3)");
                assertEquals(2, session.dsl().fetchCount(session.dsl().selectFrom(table)), "what is not committed");
            }
        }
    }

    private static void lockTimeout(Server server) throws Exception {
        Duration took = refusedLock(server, SECOND);
        assertTrue(took.toMillis() >= 800 && took.toMillis() < 2_900, () -> "it took " + took);
    }

    /** In each product's way: some set it for the session, others for each statement. */
    private static void raisedLockTimeout(Server server) throws Exception {
        String table = server.filled(0);
        try (Connection holder = holding(server, table);
                Session known = server.session();
                Connection connection = server.source().getConnection()) {
            Product product = known.product();
            Limits limits = limits(SECOND, LONG, "async:suite:raised");
            connection.setAutoCommit(false);
            product.begin(connection, limits);
            product.raiseLockTimeout(connection, FOUR_SECONDS);
            ExecuteListener each = product.beforeEachStatement(limits, () -> FOUR_SECONDS);
            Configuration plain = DSL.using(connection, product.dialect()).configuration();
            DSLContext dsl = (each == null ? plain : plain.deriveAppending(each)).dsl();
            long began = System.nanoTime();
            Exception failure = assertThrows(Exception.class, () -> dsl.execute("update " + table + " set a = 2"));
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            assertEquals(Trouble.LOCK, Trouble.of(failure), failure::toString);
            assertTrue(took.toMillis() >= 3_000 && took.toSeconds() < 20, () -> "it took " + took);
            connection.rollback();
            product.restore(connection);
            holder.rollback();
        }
    }

    private static Duration refusedLock(Server server, Duration lock) throws Exception {
        String table = server.filled(0);
        try (Connection holder = holding(server, table);
                Session session = server.session()) {
            Limits limits = limits(lock, LONG, "async:suite:lock");
            session.begin(limits);
            try (UserWork work = session.userWork(limits)) {
                long began = System.nanoTime();
                Exception failure =
                        assertThrows(Exception.class, () -> work.dsl().execute("update " + table + " set a = 2"));
                assertEquals(Trouble.LOCK, Trouble.of(failure), failure::toString);
                holder.rollback();
                return Duration.ofNanos(System.nanoTime() - began);
            }
        }
    }

    /** {@return a connection whose transaction has locked all rows of a table} */
    static Connection holding(Server server, String table) throws Exception {
        Connection holder = server.source().getConnection();
        holder.setAutoCommit(false);
        try (Statement statement = holder.createStatement()) {
            statement.execute("update " + table + " set a = a + 1");
        }
        return holder;
    }

    private static void timesOut(Server server, String sql) throws Exception {
        String big = server.filled(11);
        String table = server.filled(0);
        try (Session session = server.session()) {
            Limits limits = limits(SECOND, SECOND, "async:suite:statement");
            session.begin(limits);
            try (UserWork work = session.userWork(limits)) {
                long began = System.nanoTime();
                Exception failure =
                        assertThrows(Exception.class, () -> work.dsl().execute(String.format(sql, big, table)));
                assertEquals(Trouble.TIMEOUT, Trouble.of(failure), failure::toString);
                Duration took = Duration.ofNanos(System.nanoTime() - began);
                assertTrue(took.toMillis() >= 800 && took.toMillis() < 10_000, () -> "it took " + took);
            }
        }
    }

    private static void limitsEnd(Server server) throws Exception {
        String table = server.filled(0);
        Connection one = server.source().getConnection();
        String before = Server.value(one, server.words().settings());
        Limits odd = limits(Duration.ofSeconds(7), Duration.ofSeconds(17), "async:suite:limits");
        for (boolean commits : new boolean[] {true, false}) {
            try (Session session =
                    server.of(new SingleConnectionDataSource(one)).borrow()) {
                session.begin(odd);
                try (UserWork work = session.userWork(odd)) {
                    work.dsl().execute("update " + table + " set a = a + 1");
                }
                if (commits) {
                    session.commit();
                }
            }
            assertEquals(before, Server.value(one, server.words().settings()));
            assertTrue(one.getAutoCommit());
        }
        one.close();
    }

    private static void showsName(Server server) throws Exception {
        String name = "async:suite:" + server.newName();
        String shows = String.format(Fact.existing(server.words().showsName()), name);
        try (Session session = server.session()) {
            assertEquals("0", server.value(shows));
            session.begin(limits(SECOND, LONG, name));
            assertEquals("1", server.value(shows));
            session.commit();
        }
        assertEquals("0", server.value(shows), "after the session was given back");
    }

    private static void transactionFound(Server server) throws Exception {
        String table = server.filled(0);
        try (Connection connection = server.source().getConnection()) {
            connection.setAutoCommit(false);
            assertFalse(server.product().isInTransaction(connection), "before");
            connection.createStatement().execute("update " + table + " set a = a + 1");
            assertTrue(server.product().isInTransaction(connection));
            connection.rollback();
            assertFalse(server.product().isInTransaction(connection), "afterwards");
        }
    }
}
