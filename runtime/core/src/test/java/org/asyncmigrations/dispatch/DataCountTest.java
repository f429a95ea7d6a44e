package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.asyncmigrations.dispatch.Orders.CHANGES;
import static org.asyncmigrations.dispatch.Orders.ID;
import static org.asyncmigrations.dispatch.Orders.ORDERS;

import java.sql.PreparedStatement;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.dispatch.TroubleBench.Seen;
import org.asyncmigrations.state.MigrationEvents;
import org.jooq.Name;
import org.jooq.Query;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code rows_done} of a migration in one piece is the database's count. */
class DataCountTest {
    private static final int ROWS = 1_234;

    private static final Name COLUMN = CHANGES.getUnqualifiedName();

    /** With jOOQ's builder, with text, with plain JDBC, and with changes that are rolled back. */
    private static final DataMigration CHANGES_ALL = run -> {
        run.dsl().update(ORDERS).set(CHANGES, 1).where(ID.le(1_000L)).execute();
        run.dsl().execute("update {0} set {1} = 1 where {2} between 1001 and 1100", ORDERS, COLUMN, ID);
        run.dsl().connection(connection -> {
            Query rest = run.dsl().update(ORDERS).set(CHANGES, 1).where(ID.gt(1_100L));
            try (PreparedStatement statement =
                    connection.prepareStatement(run.dsl().renderInlined(rest))) {
                statement.execute();
            }
        });
        try {
            run.dsl().transaction(nested -> {
                nested.dsl().deleteFrom(ORDERS).execute();
                throw new IllegalStateException("not so");
            });
        } catch (IllegalStateException expected) {
            run.dsl().selectFrom(ORDERS).limit(1).fetch();
        }
    };

    private static Seen run(Fresh fresh, TestCatalog catalog) throws Exception {
        Orders.create(fresh.dsl(), ROWS);
        Seen seen = TroubleBench.run(fresh.dataSource(), catalog);
        assertThat(seen.outcome()).as(seen.message()).isEqualTo(Outcome.DONE);
        return seen;
    }

    private static String detail(Fresh fresh) {
        MigrationEvents<?> e = TestTables.all().events();
        return fresh.dsl().select(e.DETAIL).from(e).where(e.EVENT.eq("done")).fetchSingle(e.DETAIL);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whatItsStatementsHaveChangedIsCountedAndTold(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            Seen seen = run(fresh, new TestCatalog().data(1, CHANGES_ALL));
            assertThat(seen.of(1).progress().rowsDone()).isEqualTo(ROWS);
            assertThat(detail(fresh)).isEqualTo("attempt 1, 1,234 rows changed");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void soItIsWithoutATransaction(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            MigrationEntry entry =
                    MigrationEntry.async(1, "test.M1", By.GUARD, "f1").withoutTransaction();
            Seen seen = run(fresh, new TestCatalog().with(entry, () -> CHANGES_ALL));
            assertThat(seen.of(1).progress().rowsDone()).isEqualTo(ROWS);
            assertThat(detail(fresh)).isEqualTo("attempt 1, 1,234 rows changed");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void anAttemptThatWasRolledBackCountsNothing(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            Orders.create(fresh.dsl(), ROWS);
            try (Dispatcher registry = new TestCatalog()
                    .data(1, run -> {
                        CHANGES_ALL.migrate(run);
                        if (run.attempt() == 1) {
                            throw new IllegalStateException("not yet");
                        }
                    })
                    .on(fresh.dataSource())
                    .build()) {
                assertThat(registry.dispatch().await(TroubleBench.LONG)).isEqualTo(Outcome.DONE);
                assertThat(registry.status().of(1).progress().rowsDone()).isEqualTo(ROWS);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whatNobodyCountsIsNotMadeUp(TestDatabase database) throws Exception {
        // For two statements in one text, the driver returns the first one's count. MariaDB's driver doesn't accept
        // such a text.
        String uncounted = database == TestDatabase.MARIADB
                ? "insert into {0} (id, {1}) values (1, 0) on duplicate key update {1} = 2"
                : "update {0} set {1} = 2 where {2} = 1; update {0} set {1} = 2 where {2} = 2";
        try (Fresh fresh = database.fresh()) {
            Seen seen = run(fresh, new TestCatalog().data(1, run -> {
                        run.dsl()
                                .update(ORDERS)
                                .set(CHANGES, 1)
                                .where(ID.eq(5L))
                                .execute();
                        run.dsl().execute(uncounted, ORDERS, COLUMN, ID);
                    }));
            assertThat(seen.of(1).progress().rowsDone()).isEqualTo(1);
            assertThat(detail(fresh)).isEqualTo("attempt 1, at least 1 row changed");
        }
        try (Fresh fresh = database.fresh()) {
            Seen seen = run(fresh, new TestCatalog().data(1, run -> run.dsl().execute(uncounted, ORDERS, COLUMN, ID)));
            assertThat(seen.of(1).progress().rowsDone()).isZero();
            assertThat(detail(fresh)).isEqualTo("attempt 1");
        }
    }
}
