package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.asyncmigrations.BackfillPlan;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.By;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.MigrationHandle;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.state.SchemaMigrations;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What plan() says about a batch migration, and that it changes nothing. */
class PlanTest {
    private static final int ROWS = 12_000;

    @ParameterizedTest
    @EnumSource
    void aPlanSaysWhatIsAboutToBeDone(TestDatabase database) {
        try (Fresh fresh = customers(database, ROWS);
                Dispatcher registry = lowerEmails(fresh)) {
            BackfillPlan plan = registry.migration(1).plan();
            assertThat(plan.migration()).isEqualTo("migration 1 (M1)");
            assertThat(plan.state()).isEqualTo(State.CREATED);
            assertThat(plan.walk().key()).containsExactly("id");
            assertThat(plan.walk().index()).isNotNull();
            assertThat(plan.walk().usesIndex()).as(plan.toString()).isTrue();
            assertThat(plan.size().rows()).isBetween(ROWS - 500L, ROWS + 500L);
            assertThat(plan.pace().batches()).isBetween(23L, 25L);
            assertThat(plan.pace().time()).isNull();
            assertThat(plan.pace().because()).isEqualTo("unknown before it has begun; trial() measures it");
            if (database == TestDatabase.POSTGRES) {
                assertThat(Objects.requireNonNull(plan.size().pending())).isBetween(10_700L, 10_900L);
            } else {
                assertThat(plan.size().pending()).isNull();
            }
        }
    }

    @Test
    void aPlanSaysWhetherTheMigrationIsIndependent() {
        try (Fresh fresh = customers(TestDatabase.H2, ROWS);
                Dispatcher registry = new TestCatalog()
                        .with(
                                MigrationEntry.async(1, "test.M1", By.PENDING_ROWS, "f")
                                        .independently(),
                                Customers.LowerEmails::new)
                        .batch(2, new Customers.LowerEmails())
                        .on(fresh.dataSource())
                        .build()) {
            assertThat(registry.migration(1).plan().toString()).startsWith("migration 1 (M1), created, independent\n");
            assertThat(registry.migration(1).trial().independent()).isTrue();
            assertThat(registry.migration(2).plan().toString()).startsWith("migration 2 (M2), created\n");
        }
    }

    @Test
    void mariaDbTellsPendingRowsOnceItHasStatisticsOfTheColumns() {
        try (Fresh fresh = customers(TestDatabase.MARIADB, ROWS);
                Dispatcher registry = lowerEmails(fresh)) {
            fresh.dsl().execute("analyze table customers persistent for all");
            assertThat(Objects.requireNonNull(
                            registry.migration(1).plan().size().pending()))
                    .isBetween(10_300L, 11_300L);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPlanChangesNothingAndWaitsForNoRow(TestDatabase database) {
        try (Fresh fresh = customers(database, 1_000);
                Dispatcher registry = lowerEmails(fresh)) {
            fresh.dsl().transaction(other -> {
                lockAll(other.dsl());
                assertThat(registry.migration(1).plan().toString()).contains("customers");
            });
            assertThat(tables(fresh.dsl(), database)).containsExactly("customers");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPlanOfALargeTableSendsNoMoreStatementsThanOneOfASmall(TestDatabase database) {
        assertThat(statementsOfAPlan(database, 40_000)).isEqualTo(statementsOfAPlan(database, 4_000));
    }

    private static int statementsOfAPlan(TestDatabase database, int rows) {
        try (Fresh fresh = customers(database, rows)) {
            StatementCounter counter = new StatementCounter(fresh.dataSource());
            try (Dispatcher registry = new TestCatalog()
                    .batch(1, new Customers.LowerEmails())
                    .on(counter)
                    .build()) {
                registry.migration(1).plan();
                return counter.statements.get();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLargeTableWithoutAnIndexOfTheKeyIsRefusedByPlanAndWalk(TestDatabase database) throws Exception {
        try (Fresh fresh = customers(database, ROWS);
                Dispatcher registry = walkedBy("changes", fresh)) {
            MigrationHandle handle = registry.migration(1);
            String refusal = "the key (changes, id) of \"customers\" has no index to walk it by";
            assertThatThrownBy(handle::plan)
                    .isInstanceOf(MigrationException.class)
                    .hasMessageContaining("migration 1 (M1) cannot be planned: " + refusal)
                    .hasMessageContaining("such as the primary key (id)");
            assertThatThrownBy(handle::trial).hasMessageContaining("migration 1 (M1) cannot be tried: " + refusal);

            assertThat(registry.dispatch().await(TroubleBench.LONG)).isEqualTo(Outcome.FAILED);
            assertThat(registry.status().of(1)).satisfies(status -> {
                assertThat(status.error()).contains(refusal);
                assertThat(status.progress().rowsDone()).isZero();
            });
            fresh.dsl().createIndex("walk").on("customers", "changes", "id").execute();
            assertThat(handle.plan().walk().index()).isEqualTo("walk");
            handle.retry();
            TroubleBench.awaitUntil(handle::isDone);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSmallTableNeedsNoIndex(TestDatabase database) throws Exception {
        try (Fresh fresh = customers(database, 100);
                Dispatcher registry = walkedBy("changes", fresh)) {
            assertThat(registry.migration(1).plan().toString())
                    .contains("key      (changes, id), without an index, which is fine for a table this small");
            assertThat(registry.dispatch().await(TroubleBench.LONG)).isEqualTo(Outcome.DONE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneThatHasBegunIsTimedByItsOwnRate(TestDatabase database) {
        try (Fresh fresh = customers(database, 24_000)) {
            ManualWorker worker = new ManualWorker();
            try (Dispatcher registry = new TestCatalog()
                    .batch(1, new Customers.LowerEmails())
                    .on(fresh.dataSource())
                    .worker(worker)
                    .build()) {
                registry.dispatch();
                MigrationHandle handle = registry.migration(1);
                while (handle.plan().size().walked() == 0) {
                    worker.step();
                }
                beganAnHourBeforeItsLastBatch(fresh.dsl());
                BackfillPlan plan = handle.plan();
                long walked = plan.size().walked();
                // Although the updates have made PostgreSQL's files grow.
                assertThat(plan.size().rows()).isBetween(23_000L, 25_000L);
                assertThat(walked).isBetween(7_000L, 10_000L);
                long seconds = 3_600 * plan.size().left() / walked;
                assertThat(plan.pace().time()).isCloseTo(Duration.ofSeconds(seconds), Duration.ofSeconds(1));
                assertThat(plan.pace().because()).matches("so far [\\d,]+ rows in 3,600 s, waits included");
                assertThat(plan.toString()).contains(" walked in this pass\n", "time     about ");
                // The plans are for the walk's current position, after the 10,000 rows of the first range.
                assertThat(plan.walk().batchEnd().sql()).contains("'30001'");

                worker.untilIdle();
                assertThatThrownBy(handle::plan)
                        .isInstanceOf(MigrationException.class)
                        .hasMessage("migration 1 (M1) is done, so there is nothing left to plan");
            }
        }
    }

    /** It fails at the end of its second pass, because of a row that only this pass has found. */
    @ParameterizedTest
    @EnumSource
    void afterARetryAWholePassIsLeftAndEarlierPassesCountForTheRate(TestDatabase database) {
        ManualWorker worker = new ManualWorker();
        try (Fresh fresh = customers(database, ROWS);
                Dispatcher registry = new TestCatalog()
                        .batch(1, new Customers.LowerEmails() {
                            @Override
                            public Condition pending() {
                                return Customers.EMAIL_LOWER.isNull();
                            }
                        })
                        .on(fresh.dataSource())
                        .worker(worker)
                        .build()) {
            Condition odd = Customers.ID.eq(6_001L);
            fresh.dsl()
                    .update(Customers.CUSTOMERS)
                    .set(Customers.EMAIL, "X")
                    .where(Customers.EMAIL.isNull())
                    .execute();
            fresh.dsl()
                    .update(Customers.CUSTOMERS)
                    .setNull(Customers.EMAIL)
                    .where(odd)
                    .execute();
            registry.dispatch();
            worker.untilIdle();
            MigrationHandle handle = registry.migration(1);
            assertThat(handle.rejects()).hasSize(1);
            assertThat(handle.retry()).isTrue();
            BackfillPlan plan = handle.plan();
            assertThat(plan.size().left()).isEqualTo(plan.size().rows()).isPositive();
            String rate = plan.pace().because().replaceAll("so far ([\\d,]+) rows in .*", "$1");
            assertThat(Long.parseLong(rate.replace(",", ""))).isGreaterThan(ROWS + 500);
        }
    }

    static void lockAll(DSLContext dsl) {
        dsl.update(Customers.CUSTOMERS)
                .set(Customers.CHANGES, Customers.CHANGES.plus(1))
                .execute();
    }

    private static void beganAnHourBeforeItsLastBatch(DSLContext dsl) {
        SchemaMigrations<?> t = TestTables.all().migrations();
        var last = Objects.requireNonNull(dsl.select(t.UPDATED_AT).from(t).fetchOne(t.UPDATED_AT));
        dsl.update(t).set(t.STARTED_AT, last.minusHours(1)).execute();
    }

    @ParameterizedTest
    @EnumSource
    void aTableWithoutRowsIsPlannedAndTriedToo(TestDatabase database) {
        try (Fresh fresh = customers(database, 0);
                Dispatcher registry = lowerEmails(fresh)) {
            assertThat(registry.migration(1).plan().walk().key()).containsExactly("id");
            assertThat(registry.migration(1).trial().pace().because()).isEqualTo("unknown: a trial found no row");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNoWalkOrCannotBeOneIsSaid(TestDatabase database) {
        try (Fresh fresh = customers(database, 1);
                Dispatcher registry = new TestCatalog()
                        .data(1, run -> {})
                        .batch(2, new Customers.LowerEmails() {
                            @Override
                            public BatchKey key() {
                                return BatchKey.of(Customers.CUSTOMERS, Customers.EMAIL);
                            }
                        })
                        .retired(3)
                        .on(fresh.dataSource())
                        .build()) {
            assertThatThrownBy(registry.migration(1)::plan)
                    .isInstanceOf(MigrationException.class)
                    .hasMessage("migration 1 (M1) runs in one piece, and only a BatchMigration can be planned");
            assertThatThrownBy(registry.migration(2)::plan)
                    .isInstanceOf(MigrationException.class)
                    .hasMessageContaining("migration 2 (M2) cannot be planned: the key column")
                    .hasMessageContaining("may be null");
            assertThatThrownBy(registry.migration(3)::plan).hasMessageContaining("was retired");
        }
    }

    @Test
    void aPlanIsAScreenfulForPeople() {
        try (Fresh fresh = customers(TestDatabase.H2, ROWS);
                Dispatcher registry = lowerEmails(fresh)) {
            assertThat(registry.migration(1).plan()).hasToString("""
                    migration 1 (M1), created
                    table    customers, about 12,000 rows
                    key      (id), by index PRIMARY_KEY_6
                    batches  at most 24 of 500 rows
                    time     unknown before it has begun; trial() measures it
                    end of a batch
                      select case when cast(cast("async_key_0" as varchar) as bigint) = "async_key_0" then cast("async_key_0" \
                    as varchar) end "async_text_0" from (select "customers"."id" "async_key_0" from "customers" where \
                    "customers"."id" > cast('1' as bigint) order by "customers"."id" offset 499 rows fetch next 1 rows only) "async_end"
                        PUBLIC.PRIMARY_KEY_6: id > CAST(1 AS BIGINT)
                        index sorted
                    rows of a batch
                      select * from "customers" where ("customers"."id" > cast('1' as bigint) and "customers"."id" <= \
                    cast('1501' as bigint) and ((("customers"."email_lower" is null and "customers"."email" is not null)) is true))
                        PUBLIC.PRIMARY_KEY_6: id > CAST(1 AS BIGINT) AND id <= CAST(1501 AS BIGINT)
                    """);
        }
    }

    static Fresh customers(TestDatabase database, int rows) {
        Fresh fresh = database.fresh();
        Customers.create(fresh.dsl(), rows);
        fresh.dsl().execute(database == TestDatabase.MARIADB ? "analyze table customers" : "analyze");
        return fresh;
    }

    private static Dispatcher lowerEmails(Fresh fresh) {
        return registry(fresh, new Customers.LowerEmails());
    }

    private static Dispatcher walkedBy(String column, Fresh fresh) {
        // Each batch reads all rows with the same value in the first column, which are few here.
        fresh.dsl()
                .update(Customers.CUSTOMERS)
                .set(Customers.CHANGES, Customers.ID.cast(Integer.class))
                .execute();
        return registry(fresh, new Customers.LowerEmails() {
            @Override
            public BatchKey key() {
                return BatchKey.of(Customers.CUSTOMERS, field(name("customers", column), Integer.class));
            }

            @Override
            public long migrate(RowBatch batch) {
                // The key doesn't change.
                return batch.dsl()
                        .update(Customers.CUSTOMERS)
                        .set(Customers.EMAIL_LOWER, DSL.lower(Customers.EMAIL))
                        .where(batch.rows())
                        .execute();
            }
        });
    }

    static Dispatcher registry(Fresh fresh, Customers.LowerEmails migration) {
        return new TestCatalog().batch(1, migration).on(fresh.dataSource()).build();
    }

    static List<String> tables(DSLContext dsl, TestDatabase database) {
        String schema = database == TestDatabase.MARIADB ? "database()" : "current_schema";
        return dsl.fetch("select table_name from information_schema.tables where table_schema = " + schema)
                .getValues(0, String.class);
    }
}
