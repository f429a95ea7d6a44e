package org.asyncmigrations.testing.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.asyncmigrations.product.Limits;
import org.asyncmigrations.product.Trouble;
import org.asyncmigrations.session.Session;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** Causes each failure for real, and checks how it is classified. Stateless and thread-safe. */
final class ErrorFacts {
    static final String DEFERRED = "a constraint that is checked at the commit is DATA";
    static final String READ_ONLY = "a change in a read-only transaction is CONNECTION, and known as read only";
    static final String SERIALIZATION = "a row that was changed since it was read is CONFLICT";

    private static final String PARENT = "id integer not null primary key";

    private ErrorFacts() {}

    static List<Fact> all() {
        return List.of(
                data("a duplicate key is DATA", "id integer not null primary key", "insert into %s values (1)"),
                data("a null that is not allowed is DATA", "id integer not null", "update %s set id = null"),
                data("a violated check is DATA", "id integer, check (id < 5)", "update %s set id = 9"),
                data("a text that is too long is DATA", "id integer, s varchar(3)", "update %s set s = 'abcd'"),
                data("a number that is too large is DATA", "id integer", "insert into %s values (99999999999)"),
                data("a text that is no number is DATA", "id integer", "insert into %s (id) values ('x')"),
                data("a text that is no date is DATA", "id integer, d date", "update %s set d = '2026-02-30'"),
                data("a division by zero is DATA", "id integer", "update %s set id = 1 / (id - 1)"),
                new Fact("a missing parent row is DATA", ErrorFacts::foreignKey),
                new Fact("a row that others refer to is DATA", ErrorFacts::referredTo),
                new Fact(DEFERRED, ErrorFacts::deferred),
                new Fact("what a trigger raises, with an SQLSTATE of its own, is DATA", ErrorFacts::trigger),
                new Fact("a missing table is ATTEMPT, and known as a missing table", ErrorFacts::missingTable),
                new Fact("a missing column is ATTEMPT, and not taken for a missing table", ErrorFacts::missingColumn),
                new Fact("a statement with an error in it is ATTEMPT", ErrorFacts::wrongSyntax),
                new Fact("a deadlock is CONFLICT for one, and the other continues", ErrorFacts::deadlock),
                new Fact(SERIALIZATION, ErrorFacts::serialization),
                new Fact(READ_ONLY, ErrorFacts::readOnly),
                new Fact("a session that was killed is CONNECTION", ErrorFacts::killed),
                new Fact("a missing right is a refusal", ErrorFacts::missingRight));
    }

    /** On a table with one row, whose id is 1. */
    private static Fact data(String name, String columns, String sql) {
        return new Fact(name, server -> {
            String table = server.table(columns);
            server.run("insert into " + table + " (id) values (1)");
            requireTrouble(Trouble.DATA, server, String.format(sql, table));
        });
    }

    /** {@return the failure of a statement in one of the runtime's transactions} */
    private static Throwable failure(Server server, String sql) throws SQLException {
        try (Session session = server.session()) {
            session.begin(Limits.STATE);
            return assertThrows(Exception.class, () -> session.dsl().execute(sql));
        }
    }

    private static Throwable requireTrouble(Trouble expected, Server server, String sql) throws SQLException {
        return require(expected, failure(server, sql));
    }

    private static Throwable require(Trouble expected, Throwable failure) {
        SQLException cause = Trouble.sqlException(failure);
        assertEquals(
                expected,
                Trouble.of(failure),
                () -> failure + (cause == null ? "" : " (" + cause.getSQLState() + ", " + cause.getErrorCode() + ")"));
        return failure;
    }

    private static String[] family(Server server, String deferred) throws SQLException {
        String parent = server.table(PARENT);
        String child = server.table(
                "id integer, parent integer, foreign key (parent) references " + parent + " (id)" + deferred);
        server.run("insert into " + parent + " values (1)", "insert into " + child + " values (1, 1)");
        return new String[] {parent, child};
    }

    private static void foreignKey(Server server) throws Exception {
        requireTrouble(Trouble.DATA, server, "update " + family(server, "")[1] + " set parent = 2");
    }

    private static void referredTo(Server server) throws Exception {
        requireTrouble(Trouble.DATA, server, "delete from " + family(server, "")[0]);
    }

    private static void deferred(Server server) throws Exception {
        String child = family(server, " " + Fact.existing(server.words().deferred()))[1];
        try (Session session = server.session()) {
            session.begin(Limits.STATE);
            session.dsl().execute("update " + child + " set parent = 2");
            require(Trouble.DATA, assertThrows(SQLException.class, session::commit));
        }
    }

    private static void trigger(Server server) throws Exception {
        String table = server.filled(0);
        for (String sql : server.words().refusingTrigger()) {
            server.run(sql.replace("%s", table));
        }
        Throwable failure = requireTrouble(Trouble.DATA, server, "update " + table + " set a = 1");
        assertTrue(Trouble.words(failure).contains("not today"), () -> Trouble.words(failure));
    }

    private static void missingTable(Server server) throws Exception {
        Throwable failure = requireTrouble(Trouble.ATTEMPT, server, "update " + server.newName() + " set a = 1");
        assertTrue(Trouble.isMissingTable(failure));
        assertTrue(Trouble.isMissingTable(failure(server, "select * from " + server.newName())));
    }

    private static void missingColumn(Server server) throws Exception {
        Throwable failure = requireTrouble(Trouble.ATTEMPT, server, "update " + server.filled(0) + " set missing = 1");
        assertTrue(!Trouble.isMissingTable(failure));
        assertNull(Trouble.refusal(failure));
    }

    private static void wrongSyntax(Server server) throws Exception {
        requireTrouble(Trouble.ATTEMPT, server, "updat " + server.filled(0) + " set a = 1");
    }

    private static void deadlock(Server server) throws Exception {
        String table = server.filled(1);
        try (Session one = server.session();
                Session two = server.session()) {
            one.begin(Limits.STATE.within(java.time.Duration.ofSeconds(20)));
            two.begin(Limits.STATE);
            one.dsl().execute("update " + table + " set a = 7 where id = 1");
            two.dsl().execute("update " + table + " set a = 8 where id = 2");
            CompletableFuture<@Nullable Throwable> first = Server.elsewhere(() -> tried(one, table, 2));
            Throwable ofTwo = tried(two, table, 1);
            Throwable ofOne = first.join();
            assertTrue(ofOne == null || ofTwo == null, () -> "both failed: " + ofOne + ", " + ofTwo);
            require(Trouble.CONFLICT, Objects.requireNonNull(ofOne == null ? ofTwo : ofOne, "none failed"));
        }
    }

    /** Ends the transaction, so that the other one needn't wait for it. */
    private static @Nullable Throwable tried(Session session, String table, int id) throws SQLException {
        try {
            session.dsl().execute("update " + table + " set a = 9 where id = " + id);
            session.commit();
            return null;
        } catch (RuntimeException failure) {
            session.rollback();
            return failure;
        }
    }

    private static void serialization(Server server) throws Exception {
        List<String> begin = Fact.existing(server.words().serializable());
        String table = server.filled(0);
        Connection reader = server.source().getConnection();
        try (Statement statement = reader.createStatement()) {
            for (String sql : begin) {
                statement.execute(sql);
            }
            reader.setAutoCommit(false);
            Server.value(reader, "select a from " + table);
            server.run("update " + table + " set a = 7");
            require(
                    Trouble.CONFLICT,
                    assertThrows(SQLException.class, () -> statement.execute("update " + table + " set a = a + 1")));
        }
    }

    private static void readOnly(Server server) throws Exception {
        String begin = Fact.existing(server.words().readOnly());
        String table = server.filled(0);
        Connection connection = server.source().getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute(begin);
            SQLException failure =
                    assertThrows(SQLException.class, () -> statement.execute("update " + table + " set a = 7"));
            require(Trouble.CONNECTION, failure);
            assertTrue(Trouble.isReadOnly(failure));
        }
    }

    private static void killed(Server server) throws Exception {
        String table = server.filled(0);
        try (Session session = server.session()) {
            session.begin(Limits.STATE);
            String id = String.valueOf(session.dsl().fetchValue(server.words().sessionId()));
            session.dsl().execute("update " + table + " set a = 7");
            server.run(String.format(server.words().kill(), id));
            require(
                    Trouble.CONNECTION,
                    assertThrows(Exception.class, () -> session.dsl().execute("update " + table + " set a = 8")));
        }
        Server.await(
                "the killed session's change is undone",
                () -> server.value("select a from " + table).equals("0"));
    }

    private static void missingRight(Server server) throws Exception {
        String table = server.filled(0);
        String name = "suite_" + server.schema().substring(server.schema().length() - 8);
        try {
            server.run(String.format(server.words().createStranger(), name));
        } catch (SQLException refused) {
            Assumptions.abort(
                    "the database user may not create another one, which this test needs: " + refused.getMessage());
        }
        try {
            Throwable failure = assertThrows(SQLException.class, () -> asStranger(server, name, table));
            assertNotNull(Trouble.refusal(failure), failure::toString);
        } finally {
            server.endConnections();
            server.run(String.format(server.words().dropStranger(), name));
        }
    }

    private static void asStranger(Server server, String name, String table) throws SQLException {
        String become = server.words().becomeStranger();
        Connection connection =
                become == null ? ofStranger(server, name) : server.source().getConnection();
        try (Statement statement = connection.createStatement()) {
            if (become != null) {
                statement.execute(String.format(become, name));
            }
            statement.execute("update " + server.schema() + "." + table + " set a = 7");
        }
    }

    /** The connection itself may be refused. */
    private static Connection ofStranger(Server server, String name) throws SQLException {
        try {
            return server.source().getConnection(name, "Strange#1");
        } catch (SQLException failure) {
            Assumptions.assumeTrue(
                    Trouble.refusal(failure) != null,
                    () -> "the data source gives no connection of another user, which this test needs: "
                            + failure.getMessage());
            throw failure;
        }
    }
}
