package org.asyncmigrations.testing.product;

import static org.asyncmigrations.testing.product.LimitFacts.limits;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.asyncmigrations.product.Limits;
import org.asyncmigrations.product.Trouble;
import org.asyncmigrations.session.Session;
import org.asyncmigrations.session.UserWork;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.Assumptions;

/** Who waits for whose locks. Stateless and thread-safe. */
final class LockFacts {
    static final String BLOCKER = "a session that waits for a lock sees which session holds it";

    private static final Duration LONG = Duration.ofSeconds(60);

    private LockFacts() {}

    static List<Fact> all() {
        return List.of(
                new Fact("a transaction sees whether others wait for its rows", LockFacts::isWaitedFor),
                new Fact(
                        "a transaction that itself waits does not count as waited for",
                        LockFacts::waitingIsNotWaitedFor),
                new Fact(BLOCKER, LockFacts::blocker));
    }

    /** Skips the test if the user isn't allowed to see other transactions. */
    static <T> T allowed(Server server, Supplier<T> question) {
        try {
            return question.get();
        } catch (DataAccessException failure) {
            String right = server.product().rightToSeeWaiters();
            boolean isMissing = !right.isEmpty()
                    && Trouble.sqlException(failure) != null
                    && Trouble.sqlException(failure).getErrorCode() == 1227;
            Assumptions.assumeFalse(isMissing, () -> "the database user needs the right " + right + " for this test");
            throw failure;
        }
    }

    private static void isWaitedFor(Server server) throws Exception {
        String table = server.filled(1);
        try (Session session = server.session();
                Connection waiting = server.source().getConnection()) {
            session.begin(Limits.STATE);
            session.dsl().execute("update " + table + " set a = 7 where id = 1");
            assertFalse(isWaitedFor(server, session), "nobody waits");
            waiting.setAutoCommit(false);
            waiting.createStatement().execute("update " + table + " set a = 7 where id = 2");
            assertFalse(isWaitedFor(server, session), "somebody has another row");
            CompletableFuture<Integer> update = Server.elsewhere(
                    () -> waiting.createStatement().executeUpdate("update " + table + " set a = 8 where id = 1"));
            Server.await("the other is seen to wait", () -> isWaitedFor(server, session));
            session.commit();
            update.join();
            waiting.commit();
            session.begin(Limits.STATE);
            session.dsl().execute("update " + table + " set a = 7 where id = 1");
            Server.await("nobody is seen to wait", () -> !isWaitedFor(server, session));
        }
    }

    private static boolean isWaitedFor(Server server, Session session) {
        return allowed(server, () -> server.product().isWaitedFor(session.dsl()));
    }

    private static void waitingIsNotWaitedFor(Server server) throws Exception {
        String table = server.filled(1);
        try (Session holder = server.session();
                Session bystander = server.session();
                Connection waiting = server.source().getConnection()) {
            holder.begin(Limits.STATE);
            holder.dsl().execute("update " + table + " set a = 7 where id = 1");
            bystander.begin(Limits.STATE);
            bystander.dsl().execute("update " + table + " set a = 7 where id = 2");
            CompletableFuture<Integer> update = Server.elsewhere(
                    () -> waiting.createStatement().executeUpdate("update " + table + " set a = 8 where id = 1"));
            Server.await("the holder is waited for", () -> isWaitedFor(server, holder));
            assertFalse(isWaitedFor(server, bystander));
            holder.commit();
            update.join();
        }
    }

    private static String named(Server server, Session asking, String name) throws Exception {
        String words = null;
        for (int i = 0; i < 20 && words == null; i++) {
            Server.pause();
            words = server.product().blocker(asking.dsl(), name);
        }
        assertNotNull(words, "nobody is named");
        return words;
    }

    private static void blocker(Server server) throws Exception {
        String table = server.filled(0);
        String name = "async:suite:" + table;
        Limits limits = limits(Duration.ofSeconds(40), LONG, name);
        try (Connection holder = LimitFacts.holding(server, table);
                Session waiting = server.session();
                Session asking = server.session()) {
            String id = Server.value(holder, server.words().sessionId());
            waiting.begin(limits);
            asking.begin(Limits.STATE);
            assertNull(server.product().blocker(asking.dsl(), name), "nobody waits yet");
            CompletableFuture<Integer> update = Server.elsewhere(() -> {
                try (UserWork work = waiting.userWork(limits)) {
                    return work.dsl().execute("update " + table + " set a = 8");
                }
            });
            try {
                String words = named(server, asking, name);
                assertTrue(words.contains("session " + id), () -> words + " does not name " + id);
            } finally {
                holder.rollback();
            }
            update.join();
        }
    }
}
