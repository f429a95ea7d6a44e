package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.asyncmigrations.dispatch.Customers.CHANGES;
import static org.asyncmigrations.dispatch.Customers.CUSTOMERS;
import static org.asyncmigrations.dispatch.Customers.EMAIL;
import static org.asyncmigrations.dispatch.Customers.ID;
import static org.jooq.impl.DSL.sum;

import java.io.IOException;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationRun;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.TestProducts;
import org.asyncmigrations.dispatch.TroubleBench.Seen;
import org.asyncmigrations.product.Product;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Migrations in one piece that do something forbidden: the error says what, nothing is recorded as done, and later migrations wait.
 */
class BadInputMigrationTest {
    static Stream<Throwable> whatCodeThrows() {
        return Stream.of(
                new IOException("no such file"),
                new IllegalStateException("outer", new IOException("the root of it")),
                new OutOfMemoryError("Java heap space"),
                new NoClassDefFoundError("com/example/Gone"),
                new AssertionError("with a \0 in it, and a half pair \ud83d"));
    }

    @ParameterizedTest
    @MethodSource("whatCodeThrows")
    void whateverIsThrownIsWrittenDownAndStopsWhatFollows(Throwable thrown) throws Exception {
        for (TestDatabase database : TestDatabase.values()) {
            try (Fresh fresh = database.fresh()) {
                Customers.create(fresh.dsl(), 10);
                Seen seen = TroubleBench.run(
                        fresh.dataSource(),
                        new TestCatalog()
                                .data(1, run -> {
                                    touchAll(run);
                                    sneak(thrown);
                                })
                                .data(2, BadInputMigrationTest::touchAll));
                assertThat(seen.outcome()).isEqualTo(Outcome.FAILED);
                assertThat(seen.message()).contains("migration 1 (M1) has failed");
                assertThat(seen.error(1)).contains(thrown.getClass().getName());
                assertThat(seen.error(1)).contains(firstWord(thrown));
                assertThat(seen.of(2).state()).isEqualTo(State.CREATED);
                assertThat(touched(fresh)).isZero();
            }
        }
    }

    private static String firstWord(Throwable thrown) {
        Throwable last = thrown.getCause() == null ? thrown : thrown.getCause();
        return String.valueOf(last.getMessage()).split("\0")[0];
    }

    @Test
    void theCauseOfADeepFailureIsNotCutOff() throws Exception {
        try (Fresh fresh = TestDatabase.H2.fresh()) {
            Seen seen = TroubleBench.run(
                    fresh.dataSource(),
                    new TestCatalog().data(1, run -> deep(200)).data(2, run -> {}));
            assertThat(seen.error(1)).contains("on top", "the root of it", "IOException");
        }
    }

    @Test
    void anEndlessRecursionIsAFailedAttempt() throws Exception {
        try (Fresh fresh = TestDatabase.H2.fresh()) {
            Seen seen = TroubleBench.run(fresh.dataSource(), new TestCatalog().data(1, run -> deep(Integer.MAX_VALUE)));
            assertThat(seen.error(1)).contains("StackOverflowError");
        }
    }

    @Test
    void aConstructorThatThrowsIsAFailedAttempt() throws Exception {
        try (Fresh fresh = TestDatabase.H2.fresh()) {
            Seen seen = TroubleBench.run(
                    fresh.dataSource(),
                    new TestCatalog().with(MigrationEntry.async(1, "test.M1", By.TRANSACTION, "f1"), () -> {
                        throw new ExceptionInInitializerError(new IllegalArgumentException("no vault configured"));
                    }));
            assertThat(seen.message()).contains("migration 1 (M1) has failed");
            assertThat(seen.error(1)).contains("no vault configured");
        }
    }

    @Test
    void aComponentThatTheApplicationDoesNotHaveYetFailsItsMigrationAlone() throws Exception {
        try (Fresh fresh = TestDatabase.H2.fresh()) {
            Seen seen = TroubleBench.run(
                    fresh.dataSource(),
                    new TestCatalog().with(MigrationEntry.async(1, "test.M1", By.TRANSACTION, "f1"), () -> {
                        throw new AbstractMethodError("Receiver class shop.App does not define 'Rates rates()'");
                    }));
            assertThat(seen.message()).contains("migration 1 (M1) has failed");
            assertThat(seen.error(1)).contains("Rates rates()", "compile that class again");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void callsThatWouldEndTheTransactionAreRefused(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            Customers.create(fresh.dsl(), 10);
            List<org.jooq.ConnectionRunnable> calls = List.of(
                    connection -> connection.commit(),
                    connection -> connection.rollback(),
                    connection -> connection.setAutoCommit(true),
                    connection -> connection.close());
            for (int i = 0; i < calls.size(); i++) {
                var call = calls.get(i);
                long version = i + 1;
                Seen seen = TroubleBench.run(
                        fresh.dataSource(),
                        new TestCatalog().over(TestTables.all("p" + i + "_")).data(version, run -> {
                            touchAll(run);
                            run.dsl().connection(call);
                        }));
                assertThat(seen.outcome()).isEqualTo(Outcome.FAILED);
                assertThat(seen.error(version)).contains("a migration must not call", "dsl.transaction");
                assertThat(touched(fresh)).isZero();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aTransactionEndedInSqlIsNotRecordedAsDone(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            Customers.create(fresh.dsl(), 10);
            for (String sql : List.of("commit", "rollback")) {
                Seen seen = TroubleBench.run(
                        fresh.dataSource(),
                        new TestCatalog().over(TestTables.all(sql + "_")).data(1, run -> {
                            touchAll(run);
                            run.dsl().execute(sql);
                            touchAll(run);
                        }));
                assertThat(seen.outcome()).as(sql).isEqualTo(Outcome.FAILED);
                assertThat(seen.error(1)).contains("migrate() ended the transaction");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aRollbackToASavepointDoesNotHideThatTheTransactionHadEnded(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            Customers.create(fresh.dsl(), 10);
            Seen seen = TroubleBench.run(fresh.dataSource(), new TestCatalog().data(1, run -> {
                        touchAll(run);
                        run.dsl().execute("commit");
                        try {
                            run.dsl().transaction(inner -> sneak(new IOException("undone")));
                        } catch (DataAccessException undone) {
                            assertThat(undone).hasRootCauseMessage("undone");
                        }
                    }));
            assertThat(seen.error(1)).contains("migrate() ended the transaction");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void ddlIsPartOfTheTransactionOnPostgresAndRefusedElsewhere(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            Customers.create(fresh.dsl(), 10);
            Seen seen = TroubleBench.run(fresh.dataSource(), new TestCatalog().data(1, run -> {
                        touchAll(run);
                        run.dsl().execute("create table ddl_made (id bigint primary key)");
                    }));
            if (database == TestDatabase.POSTGRES) {
                assertThat(seen.outcome()).isEqualTo(Outcome.DONE);
                assertThat(touched(fresh)).isEqualTo(10);
            } else {
                assertThat(seen.of(1).state()).isEqualTo(State.FAILED);
                assertThat(seen.error(1)).contains("migrate() ended the transaction (DDL");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aSwallowedErrorIsFineWhereTheDatabaseGoesOnAndSaidWhereItDoesNot(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            Customers.create(fresh.dsl(), 10);
            Seen seen = TroubleBench.run(fresh.dataSource(), new TestCatalog().data(1, run -> {
                        touchAll(run);
                        try {
                            run.dsl()
                                    .insertInto(CUSTOMERS, ID, CHANGES)
                                    .values(1L, 7)
                                    .execute();
                        } catch (DataAccessException duplicate) {
                            assertThat(duplicate).isNotNull();
                        }
                    }));
            if (database == TestDatabase.POSTGRES) {
                assertThat(seen.of(1).state()).isEqualTo(State.FAILED);
                assertThat(seen.error(1)).contains("caught", "dsl.transaction");
                assertThat(touched(fresh)).isZero();
            } else {
                assertThat(seen.outcome()).isEqualTo(Outcome.DONE);
                assertThat(touched(fresh)).isEqualTo(10);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void nestedTransactionsAreSavepoints(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            Customers.create(fresh.dsl(), 10);
            Seen seen = TroubleBench.run(fresh.dataSource(), new TestCatalog().data(1, run -> {
                        run.dsl()
                                .transaction(inner -> inner.dsl()
                                        .execute("update \"customers\" set \"changes\" = 1"
                                                .replace("\"", database == TestDatabase.MARIADB ? "`" : "\"")));
                        try {
                            run.dsl().transaction(inner -> {
                                inner.dsl()
                                        .insertInto(CUSTOMERS, ID, CHANGES)
                                        .values(2L, 100)
                                        .execute();
                                inner.dsl()
                                        .insertInto(CUSTOMERS, ID, CHANGES)
                                        .values(1L, 100)
                                        .execute();
                            });
                        } catch (DataAccessException undone) {
                            assertThat(undone).isNotNull();
                        }
                    }));
            assertThat(seen.outcome()).as(seen::message).isEqualTo(Outcome.DONE);
            assertThat(touched(fresh)).isEqualTo(10);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void statementsLeftOpenAreClosed(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            Customers.create(fresh.dsl(), 10);
            Statement[] left = new Statement[1];
            ResultSet[] rows = new ResultSet[1];
            Seen seen = TroubleBench.run(fresh.dataSource(), new TestCatalog().data(1, run -> {
                        touchAll(run);
                        rows[0] = run.dsl()
                                .select(EMAIL)
                                .from(CUSTOMERS)
                                .fetchLazy()
                                .resultSet();
                        run.dsl().connection(connection -> left[0] = connection.createStatement());
                    }));
            assertThat(seen.outcome()).as(seen::message).isEqualTo(Outcome.DONE);
            assertThat(left[0].isClosed()).isTrue();
            assertThat(rows[0].isClosed()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void withoutATransactionWhatWasDoneBeforeAFailureStays(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            Product product = TestProducts.of(fresh.dsl());
            Customers.create(fresh.dsl(), 10);
            DataMigration works = run -> run.dsl().execute("create table made_outside (id bigint primary key)");
            DataMigration failsMidway = run -> {
                touchAll(run);
                run.dsl().transaction(inner -> touchAll(new Attempt(inner.dsl(), product, 2, 1)));
                throw new IOException("midway");
            };
            Seen seen = TroubleBench.run(
                    fresh.dataSource(),
                    new TestCatalog()
                            .with(entry(1).withoutTransaction(), () -> works)
                            .with(entry(2).withoutTransaction(), () -> failsMidway));
            assertThat(seen.of(1).state()).isEqualTo(State.DONE);
            assertThat(seen.of(2).state()).isEqualTo(State.FAILED);
            assertThat(seen.error(2)).contains("midway");
            assertThat(touched(fresh)).isEqualTo(20);
        }
    }

    private static MigrationEntry entry(long version) {
        return MigrationEntry.async(version, "test.M" + version, By.DECLARATION, "f" + version);
    }

    private static void touchAll(MigrationRun run) {
        run.dsl().update(CUSTOMERS).set(CHANGES, CHANGES.plus(1)).execute();
    }

    private static int touched(Fresh fresh) {
        BigDecimal sum = fresh.dsl().select(sum(CHANGES)).from(CUSTOMERS).fetchOne(0, BigDecimal.class);
        return sum == null ? 0 : sum.intValue();
    }

    private static int deep(int levels) {
        if (levels == 0) {
            throw new IllegalStateException("on top", new IOException("the root of it"));
        }
        return 1 + deep(levels - 1);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
