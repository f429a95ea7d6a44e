package org.asyncmigrations.testing.product;

import static org.asyncmigrations.testing.product.LimitFacts.limits;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import org.asyncmigrations.product.Limits;
import org.asyncmigrations.session.EndedTransactionException;
import org.asyncmigrations.session.Session;
import org.asyncmigrations.session.UserWork;
import org.jooq.exception.DataAccessException;

/** User code inside one of the runtime's transactions. Stateless and thread-safe. */
final class TransactionFacts {
    static final String ROLLED_BACK = "a schema change is rolled back with its transaction";

    private static final Limits LIMITS =
            limits(Duration.ofSeconds(5), Duration.ofSeconds(60), "async:suite:transactions");

    private TransactionFacts() {}

    static List<Fact> all() {
        return List.of(
                new Fact(ROLLED_BACK, TransactionFacts::schemaChange),
                new Fact("a schema change that commits is detected", TransactionFacts::schemaChangeFoundOut),
                new Fact("a COMMIT in user code is detected", server -> foundOut(server, "commit")),
                new Fact("a ROLLBACK in user code is detected", server -> foundOut(server, "rollback")),
                new Fact("a transaction that was not ended is not reported", TransactionFacts::notFoundOut),
                new Fact(
                        "after a failed statement the transaction is as the product says",
                        TransactionFacts::afterFailure),
                new Fact("a failed part is undone alone, and the transaction continues", TransactionFacts::savepoint),
                new Fact("all that user code has done can be undone within the transaction", TransactionFacts::undo));
    }

    private interface Code {
        void in(UserWork work) throws Exception;
    }

    /** Begins like the runtime: with its own change before the user's code. */
    private static void work(Server server, String table, Code code) throws Exception {
        try (Session session = server.session()) {
            session.begin(LIMITS);
            session.dsl().execute("update " + table + " set b = 7");
            try (UserWork work = session.userWork(LIMITS)) {
                code.in(work);
            }
            session.commit();
        }
    }

    private static void schemaChange(Server server) throws Exception {
        String table = server.filled(0);
        String made = server.newName();
        try (Session session = server.session()) {
            session.begin(LIMITS);
            session.dsl().execute("update " + table + " set b = 7");
            session.dsl().execute("create table " + made + " (id integer)");
            session.rollback();
        }
        assertEquals("1", server.value("select b from " + table), "the row that was changed before");
        assertThrows(java.sql.SQLException.class, () -> server.run("select * from " + made));
        assertEquals(true, server.product().rollsBackSchemaChanges());
    }

    private static void schemaChangeFoundOut(Server server) throws Exception {
        boolean isFound = !server.product().rollsBackSchemaChanges();
        work(server, server.filled(0), work -> {
            work.dsl().execute("create table " + server.newName() + " (id integer)");
            requireFound(work, isFound);
        });
    }

    private static void requireFound(UserWork work, boolean isFound) {
        if (isFound) {
            assertThrows(EndedTransactionException.class, work::verifySameTransaction);
        } else {
            assertDoesNotThrow(work::verifySameTransaction);
        }
    }

    private static void foundOut(Server server, String sql) throws Exception {
        work(server, server.filled(0), work -> {
            work.dsl().execute(sql);
            requireFound(work, true);
        });
    }

    private static void notFoundOut(Server server) throws Exception {
        String table = server.filled(0);
        work(server, table, work -> {
            work.dsl().execute("update " + table + " set a = 8");
            work.dsl().fetch("select * from " + table);
            requireFound(work, false);
        });
        assertEquals("8", server.value("select a from " + table));
    }

    private static void afterFailure(Server server) throws Exception {
        String table = server.filled(0);
        boolean goesOn = !server.product().failsWholeTransaction();
        work(server, table, work -> {
            work.dsl().execute("update " + table + " set a = 8");
            String duplicate = "insert into " + table + " values (1, 1, 1)";
            assertThrows(DataAccessException.class, () -> work.dsl().execute(duplicate));
            String next = "select count(*) from " + table;
            if (goesOn) {
                assertDoesNotThrow(() -> work.dsl().fetch(next));
            } else {
                assertThrows(DataAccessException.class, () -> work.dsl().fetch(next));
            }
            requireFound(work, !goesOn);
            if (!goesOn) {
                work.undo();
            }
        });
        assertEquals(goesOn ? "8" : "0", server.value("select a from " + table));
        assertEquals("7", server.value("select b from " + table), "what came before the user's code");
    }

    private static void savepoint(Server server) throws Exception {
        String table = server.filled(0);
        work(server, table, work -> {
            work.dsl().execute("update " + table + " set a = 8");
            assertThrows(
                    DataAccessException.class,
                    () -> work.inSavepoint(() -> {
                        work.dsl().execute("update " + table + " set a = 9");
                        return work.dsl().execute("insert into " + table + " values (1, 1, 1)");
                    }));
            assertThrows(
                    DataAccessException.class,
                    () -> work.dsl().transaction(nested -> {
                        nested.dsl().execute("update " + table + " set a = 10");
                        nested.dsl().execute("insert into " + table + " values (1, 1, 1)");
                    }));
            requireFound(work, false);
        });
        assertEquals("8", server.value("select a from " + table));
    }

    private static void undo(Server server) throws Exception {
        String table = server.filled(0);
        work(server, table, work -> {
            work.dsl().execute("update " + table + " set a = 8");
            work.undo();
            work.dsl().execute("insert into " + table + " values (2, 2, 2)");
            requireFound(work, false);
        });
        assertEquals("0", server.value("select a from " + table + " where id = 1"));
        assertEquals("7", server.value("select b from " + table + " where id = 1"), "what came before the user's code");
        assertEquals("2", server.value("select count(*) from " + table));
    }
}
