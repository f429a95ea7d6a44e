package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.asyncmigrations.dispatch.PlanTest.customers;
import static org.asyncmigrations.dispatch.PlanTest.lockAll;
import static org.asyncmigrations.dispatch.PlanTest.registry;
import static org.asyncmigrations.dispatch.PlanTest.tables;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.asyncmigrations.BackfillPlan;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What trial() measures, and that none of it stays. */
class TrialTest {
    private static final int ROWS = 12_000;

    @ParameterizedTest
    @EnumSource
    void aTrialGivesATimeAndLeavesTheRowsAsTheyWere(TestDatabase database) {
        List<Long> changed = new ArrayList<>();
        try (Fresh fresh = customers(database, ROWS);
                Dispatcher registry = registry(fresh, new Customers.LowerEmails() {
                    @Override
                    public long migrate(RowBatch batch) throws Exception {
                        changed.add(super.migrate(batch));
                        return changed.get(changed.size() - 1);
                    }
                })) {
            // Rows that are done already are skipped, since they would distort the measurement.
            fresh.dsl()
                    .update(Customers.CUSTOMERS)
                    .set(Customers.EMAIL_LOWER, DSL.lower(Customers.EMAIL))
                    .where(Customers.ID.lt(6_000L))
                    .execute();
            BackfillPlan plan = registry.migration(1).trial();
            assertThat(plan.pace().time()).isPositive();
            assertThat(plan.pace().because())
                    .matches("in a trial of \\d+ batches one worker took [\\d,]+ ms for the last [\\d,]+ rows, without"
                            + " commits");
            assertThat(changed.get(0)).isEqualTo(450);
            assertThat(fresh.dsl().fetchCount(Customers.CUSTOMERS, Customers.CHANGES.ne(0)))
                    .isZero();
            assertThat(tables(fresh.dsl(), database)).containsExactly("customers");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTrialThatFailsSaysWhy(TestDatabase database) {
        try (Fresh fresh = customers(database, 100);
                Dispatcher registry = registry(fresh, new Customers.LowerEmails() {
                    @Override
                    public long migrate(RowBatch batch) {
                        throw new IllegalStateException("no such service");
                    }
                })) {
            assertThatThrownBy(registry.migration(1)::trial)
                    .isInstanceOf(MigrationException.class)
                    .hasMessage("migration 1 (M1) cannot be tried: no such service");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTrialSendsAChangeOfTheSchemaOnlyWhereItIsRolledBack(TestDatabase database) {
        try (Fresh fresh = customers(database, 100);
                Dispatcher registry = registry(fresh, new Customers.LowerEmails() {
                    @Override
                    public long migrate(RowBatch batch) throws Exception {
                        long rows = super.migrate(batch);
                        batch.dsl().execute("create table made_inside (id bigint)");
                        return rows;
                    }
                })) {
            if (database == TestDatabase.POSTGRES) {
                assertThat(registry.migration(1).trial().pace().time()).isPositive();
            } else {
                assertThatThrownBy(registry.migration(1)::trial)
                        .isInstanceOf(MigrationException.class)
                        .hasMessageContaining("a batch must not change the schema, since "
                                + database.dialect().getName() + " commits such a statement")
                        .hasMessageContaining("create table made_inside");
            }
            assertThat(fresh.dsl().fetchCount(Customers.CUSTOMERS, Customers.CHANGES.ne(0)))
                    .isZero();
            assertThat(tables(fresh.dsl(), database)).containsExactly("customers");
        }
    }

    /** A trial's batch has the same settings on the server as a walk's batch. */
    @Test
    void aTrialHasNoParallelWorkersBesideIt() {
        List<String> workers = new ArrayList<>();
        try (Fresh fresh = customers(TestDatabase.POSTGRES, 100);
                Dispatcher registry = registry(fresh, new Customers.LowerEmails() {
                    @Override
                    public long migrate(RowBatch batch) throws Exception {
                        workers.add(String.valueOf(batch.dsl().fetchValue("show max_parallel_workers_per_gather")));
                        return super.migrate(batch);
                    }
                })) {
            registry.migration(1).trial();
            assertThat(workers).isNotEmpty().containsOnly("0");
        }
    }

    /** An interrupt by the thread's owner is kept. */
    @ParameterizedTest
    @EnumSource
    void aTrialGivesAnInterruptBackToItsCaller(TestDatabase database) {
        try (Fresh fresh = customers(database, 100);
                Dispatcher registry = registry(fresh, new Customers.LowerEmails() {
                    @Override
                    public long migrate(RowBatch batch) throws Exception {
                        Thread.currentThread().interrupt();
                        return super.migrate(batch);
                    }
                })) {
            registry.migration(1).trial();
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void aTrialGivesWayToWhoeverHoldsItsRows() {
        try (Fresh fresh = customers(TestDatabase.POSTGRES, 1_000);
                Dispatcher registry = new TestCatalog()
                        .batch(1, new Customers.LowerEmails())
                        .on(fresh.dataSource())
                        .targetBatchTime(Duration.ofMillis(5))
                        .build()) {
            fresh.dsl().transaction(other -> {
                lockAll(other.dsl());
                BackfillPlan.Pace pace = registry.migration(1).trial().pace();
                assertThat(pace.time()).isNull();
                assertThat(pace.because()).startsWith("unknown: no batch of a trial finished: ");
            });
        }
    }
}
