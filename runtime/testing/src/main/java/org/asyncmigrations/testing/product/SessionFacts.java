package org.asyncmigrations.testing.product;

import static org.asyncmigrations.testing.product.LimitFacts.limits;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.asyncmigrations.product.Limits;
import org.asyncmigrations.product.OlderTransactions;
import org.asyncmigrations.product.Trouble;
import org.asyncmigrations.session.Session;
import org.asyncmigrations.session.UserWork;
import org.jooq.tools.jdbc.SingleConnectionDataSource;

/** Sessions that a successor ends, and transactions that it waits for. Stateless and thread-safe. */
final class SessionFacts {
    static final String ENDED = "a session that is found by its claim is ended, and its locks are free";
    static final String ENDED_OUTSIDE = "a session that works outside of a transaction is ended too";

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofSeconds(60);

    private SessionFacts() {}

    static List<Fact> all() {
        return List.of(
                new Fact(ENDED, SessionFacts::ended),
                new Fact(ENDED_OUTSIDE, SessionFacts::endedOutside),
                new Fact("sessions of other claims are not ended", SessionFacts::othersAreNot),
                new Fact("a session that was given back is not ended", SessionFacts::givenBackIsNot),
                new Fact("a mark outside of a transaction does not stay on the session", SessionFacts::marksEnd),
                new Fact(
                        "a transaction that was open before is waited for, and a later one is not",
                        SessionFacts::older));
    }

    private static void ended(Server server) throws Exception {
        String table = server.filled(0);
        String name = "async:suite:" + table;
        Limits limits = limits(SECOND, LONG, name);
        try (Session frozen = server.session();
                Session successor = server.session()) {
            frozen.begin(limits);
            frozen.dsl().execute("update " + table + " set a = 7");
            assertTrue(successor.endSession(name));
            assertTrue(successor.endSession(name), "again");
            successor.begin(limits(SECOND, LONG, "async:suite:successor"));
            int rows = assertDoesNotThrow(() -> successor.dsl().execute("update " + table + " set a = 8 where a = 0"));
            assertEquals(1, rows, "rows as they were before");
            successor.commit();
            requireGone(() -> frozen.dsl().execute("update " + table + " set a = 9"));
        }
    }

    private static void requireGone(org.junit.jupiter.api.function.Executable statement) {
        Exception failure = assertThrows(Exception.class, statement);
        assertEquals(Trouble.CONNECTION, Trouble.of(failure), failure::toString);
    }

    private static void endedOutside(Server server) throws Exception {
        String table = server.filled(0);
        String name = "async:suite:" + table;
        try (Session frozen = server.session();
                UserWork work = frozen.userWork(limits(SECOND, LONG, name));
                Session successor = server.session()) {
            work.dsl().execute("update " + table + " set a = 7");
            assertTrue(successor.endSession(name));
            requireGone(() -> work.dsl().execute("update " + table + " set a = 9"));
        }
    }

    private static void othersAreNot(Server server) throws Exception {
        String table = server.filled(0);
        try (Session other = server.session();
                Session successor = server.session()) {
            other.begin(limits(SECOND, LONG, "async:suite:" + table + ":2"));
            other.dsl().execute("update " + table + " set a = 7");
            assertTrue(successor.endSession("async:suite:" + table));
            other.commit();
            assertEquals("7", server.value("select a from " + table));
        }
    }

    private static void givenBackIsNot(Server server) throws Exception {
        String name = "async:suite:" + server.newName();
        Connection one = server.source().getConnection();
        try (Session worker = server.of(new SingleConnectionDataSource(one)).borrow()) {
            worker.begin(limits(SECOND, LONG, name));
            worker.commit();
        }
        String id = Server.value(one, server.words().sessionId());
        try (Session successor = server.session()) {
            assertTrue(successor.endSession(name));
        }
        assertEquals(id, Server.value(one, server.words().sessionId()));
        one.close();
    }

    private static void marksEnd(Server server) throws Exception {
        String name = "async:suite:" + server.newName();
        Connection one = server.source().getConnection();
        String before = Server.value(one, server.words().settings());
        try (Session worker = server.of(new SingleConnectionDataSource(one)).borrow();
                UserWork work = worker.userWork(limits(Duration.ofSeconds(7), Duration.ofSeconds(17), name))) {
            work.dsl().fetch("select 1");
        }
        assertEquals(before, Server.value(one, server.words().settings()));
        String shows = server.words().showsName();
        if (shows != null) {
            assertEquals("0", server.value(String.format(shows, name)));
        }
        one.close();
    }

    private static void older(Server server) throws Exception {
        String table = server.filled(1);
        OlderTransactions older = server.product().olderTransactions();
        try (Connection before = writing(server, table, 1);
                Session asking = server.session()) {
            assertFalse(haveEnded(server, older, asking));
            try (Connection later = writing(server, table, 2)) {
                assertFalse(haveEnded(server, older, asking), "the first one is still open");
                before.commit();
                Server.await("only the later transaction is open", () -> haveEnded(server, older, asking));
                assertFalse(
                        haveEnded(server, server.product().olderTransactions(), asking), "the later one, asked again");
                later.rollback();
            }
        }
        assertNotEquals("0", server.value("select a from " + table + " where id = 1"));
    }

    private static Connection writing(Server server, String table, int id) throws SQLException {
        Connection connection = server.source().getConnection();
        connection.setAutoCommit(false);
        connection.createStatement().execute("update " + table + " set a = a + 1 where id = " + id);
        return connection;
    }

    private static boolean haveEnded(Server server, OlderTransactions older, Session asking) throws SQLException {
        asking.begin(Limits.STATE);
        try {
            return LockFacts.allowed(server, () -> older.haveEnded(asking.dsl()));
        } finally {
            asking.rollback();
        }
    }
}
