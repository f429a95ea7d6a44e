package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.Verified;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Work that was interrupted at an awkward moment continues, and work that fails repeatedly ends. */
class RecoveryTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private Duration later = Duration.ZERO;

    /** A range is open from an earlier attempt, and the worker that was about to open the walk again has died. */
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aWorkerThatDiesWhileOpeningAWalkAgainIsTakenOver(TestDatabase database) throws Exception {
        AtomicInteger calls = new AtomicInteger();
        try (TestDatabase.Fresh fresh = database.fresh()) {
            Customers.create(fresh.dsl(), 3_000);
            TestCatalog catalog = new TestCatalog().batch(1, new Customers.LowerEmails() {
                @Override
                public long migrate(RowBatch batch) throws Exception {
                    if (calls.incrementAndGet() == 2) {
                        throw new IllegalStateException("once");
                    }
                    return super.migrate(batch);
                }
            });
            ManualWorker worker = new ManualWorker();
            try (Dispatcher registry =
                    catalog.on(fresh.dataSource()).worker(worker).build()) {
                registry.dispatch();
                worker.untilIdle();
                assertThat(fresh.dsl().fetchCount(TestTables.all().ranges())).isEqualTo(1);
                claimedByADeadWorker(fresh);
                assertThat(worker.untilIdle()).isEqualTo(Step.Kind.FINISHED);
            }
            assertThat(Customers.wrong(fresh.dsl())).isZero();
        }
    }

    private static void claimedByADeadWorker(TestDatabase.Fresh fresh) {
        var rows = TestTables.all().migrations();
        fresh.dsl()
                .update(rows)
                .set(rows.STATE, "processing")
                .set(rows.OWNER, "dead")
                .set(rows.TOKEN, rows.TOKEN.plus(1))
                .set(rows.CLAIMED_UNTIL, LocalDateTime.of(2020, 1, 1, 0, 0))
                .setNull(rows.NEXT_ATTEMPT_AT)
                .execute();
    }

    static final class NeverRight extends Customers.LowerEmails implements Verified {
        @Override
        public Select<?> violations() {
            return DSL.selectOne();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aBackFillThatFailsItsVerificationUsesItsAttemptsUp(TestDatabase database) throws Exception {
        try (TestDatabase.Fresh fresh = database.fresh()) {
            Customers.create(fresh.dsl(), 100);
            TestCatalog catalog = new TestCatalog().batch(1, new NeverRight());
            try (Dispatcher registry =
                    catalog.on(fresh.dataSource()).maxAttempts(2).build()) {
                assertThat(registry.dispatch().await(LONG)).isEqualTo(Outcome.FAILED);
                assertThat(registry.status().of(1).attempts()).isEqualTo(2);
                assertThat(registry.status().of(1).error()).contains("violations() finds a row");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aMigrationInAutoCommitIsNotRepeatedForItsRecordsSake(TestDatabase database) throws Exception {
        AtomicInteger runs = new AtomicInteger();
        MigrationEntry entry =
                MigrationEntry.async(1, "test.M1", By.DECLARATION, "f").withoutTransaction();
        try (TestDatabase.Fresh fresh = database.fresh()) {
            // The first commit of the record is refused, as if the server were restarting.
            FailingCommits refusing = new FailingCommits(fresh.dataSource());
            TestCatalog catalog = new TestCatalog().with(entry, () -> (DataMigration) run -> {
                runs.incrementAndGet();
                refusing.refuseNextCommit();
            });
            try (Dispatcher registry = catalog.on(refusing).threads(1).build()) {
                assertThat(registry.dispatch().await(LONG)).isEqualTo(Outcome.DONE);
            }
            assertThat(runs).hasValue(1);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aCommitThatWasNotConfirmedIsLookedUpBeforeTheCodeRunsAgain(TestDatabase database) throws Exception {
        AtomicInteger runs = new AtomicInteger();
        try (TestDatabase.Fresh fresh = database.fresh()) {
            FailingCommits unconfirmed = new FailingCommits(fresh.dataSource());
            TestCatalog catalog = new TestCatalog().data(1, run -> {
                runs.incrementAndGet();
                unconfirmed.leaveNextCommitUnconfirmed();
            });
            try (Dispatcher registry = catalog.on(unconfirmed).threads(1).build()) {
                assertThat(registry.dispatch().await(LONG)).isEqualTo(Outcome.DONE);
            }
            assertThat(runs).hasValue(1);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aTableThatComesAfterTheFirstAttemptIsFound(TestDatabase database) throws Exception {
        try (TestDatabase.Fresh fresh = database.fresh()) {
            ManualWorker worker = new ManualWorker();
            try (Dispatcher registry = new TestCatalog()
                    .batch(1, new Customers.LowerEmails())
                    .on(fresh.dataSource())
                    .worker(worker)
                    .clockShift(() -> later)
                    .build()) {
                registry.dispatch();
                worker.untilIdle();
                assertThat(registry.status().of(1).state()).isEqualTo(State.PENDING);
                Customers.create(fresh.dsl(), 10);
                later = Duration.ofMinutes(1);
                worker.untilIdle();
                assertThat(registry.status().of(1).state()).isEqualTo(State.DONE);
            }
        }
    }

    @Test
    void aCachedPlanOfATableThatWasAlteredUsesNoAttemptUp() throws Exception {
        try (TestDatabase.Fresh fresh = TestDatabase.POSTGRES.fresh();
                HikariDataSource pool = new HikariDataSource()) {
            Customers.create(fresh.dsl(), 2_000);
            fresh.dsl().execute("create table rates (id int)");
            // The driver has the server prepare a statement at its first execution.
            pool.setJdbcUrl(fresh.url() + "?prepareThreshold=1");
            pool.setUsername(fresh.user());
            pool.setPassword(fresh.password());
            AtomicInteger batches = new AtomicInteger();
            var walk = new Customers.LowerEmails() {
                @Override
                public long migrate(RowBatch batch) throws Exception {
                    if (batches.incrementAndGet() == 2) {
                        fresh.dsl().execute("alter table rates add column rate numeric");
                    }
                    batch.dsl().fetch("select * from rates");
                    return super.migrate(batch);
                }
            };
            ManualWorker worker = new ManualWorker();
            try (Dispatcher registry = new TestCatalog()
                    .batch(1, walk)
                    .on(pool)
                    .worker(worker)
                    .maxAttempts(1)
                    .build()) {
                registry.dispatch();
                worker.untilIdle();
                assertThat(registry.status().of(1).state()).isEqualTo(State.DONE);
                assertThat(batches).hasValueGreaterThan(2);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aNestedTransactionThatFailsUndoesItselfAndNoMore(TestDatabase database) throws Exception {
        var log = table(name("log"));
        var text = DSL.field(name("text"), SQLDataType.VARCHAR(20));
        try (TestDatabase.Fresh fresh = database.fresh()) {
            fresh.dsl().createTable(log).column("text", SQLDataType.VARCHAR(20)).execute();
            TestCatalog catalog = new TestCatalog().data(1, run -> {
                run.dsl().insertInto(log).columns(text).values("outer").execute();
                try {
                    run.dsl().transaction(nested -> {
                        nested.dsl()
                                .insertInto(log)
                                .columns(text)
                                .values("inner")
                                .execute();
                        throw new IllegalStateException("undo the inner one");
                    });
                } catch (IllegalStateException expected) {
                    run.dsl().insertInto(log).columns(text).values("after").execute();
                }
            });
            try (Dispatcher registry =
                    catalog.on(fresh.dataSource()).maxAttempts(1).build()) {
                assertThat(registry.dispatch().await(LONG)).isEqualTo(Outcome.DONE);
            }
            assertThat(fresh.dsl().select(text).from(log).fetch(text)).containsExactlyInAnyOrder("outer", "after");
        }
    }

    /** With the interrupt flag set, the pauses between tries would be skipped. */
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void anInterruptIsGoneBeforeAMigrationIsTriedAgain(TestDatabase database) throws Exception {
        List<Boolean> interrupted = new ArrayList<>();
        try (TestDatabase.Fresh fresh = database.fresh()) {
            TestCatalog catalog = new TestCatalog().data(1, run -> {
                interrupted.add(Thread.currentThread().isInterrupted());
                if (interrupted.size() == 1) {
                    Thread.currentThread().interrupt();
                    throw new SQLException("a deadlock", "40001");
                }
            });
            try (Dispatcher registry = catalog.on(fresh.dataSource()).threads(1).build()) {
                assertThat(registry.dispatch().await(LONG)).isEqualTo(Outcome.DONE);
                assertThat(interrupted).containsExactly(false, false);
            }
        }
    }

    /** The interrupt flag that user code leaves behind doesn't end the worker. */
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aMigrationThatLeavesItsThreadInterruptedDoesNotEndTheWork(TestDatabase database) throws Exception {
        try (TestDatabase.Fresh fresh = database.fresh()) {
            TestCatalog catalog = new TestCatalog()
                    .data(1, run -> {
                        Thread.currentThread().interrupt();
                        throw new IllegalStateException("interrupted");
                    })
                    .data(2, run -> {});
            try (Dispatcher registry =
                    catalog.on(fresh.dataSource()).threads(1).maxAttempts(1).build()) {
                assertThat(registry.dispatch().await(LONG)).isEqualTo(Outcome.FAILED);
                assertThat(registry.migration(1).skip("not needed")).isTrue();
                assertThat(registry.dispatch().await(LONG)).isEqualTo(Outcome.DONE);
                assertThat(registry.migration(2).state()).isEqualTo(State.DONE);
            }
        }
    }
}
