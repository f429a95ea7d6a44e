package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.asyncmigrations.dispatch.Customers.CHANGES;
import static org.asyncmigrations.dispatch.Customers.CUSTOMERS;
import static org.asyncmigrations.dispatch.Customers.EMAIL_LOWER;
import static org.asyncmigrations.dispatch.Customers.ID;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.Mode;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.throttle.Answer;
import org.asyncmigrations.throttle.Throttle;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A backfill is done when a whole pass has found nothing pending. If old code prevents that, it says so. */
class VerificationTest {
    private final ManualWorker worker = new ManualWorker();
    private final AtomicBoolean oldCodeRuns = new AtomicBoolean(true);
    private Fleet.Ship older;
    private int writes;
    private int mostWrites = Integer.MAX_VALUE;

    /** Old code: between any two batches, it writes two rows in the old form, far behind the cursor. */
    private Throttle oldCode(DSLContext dsl) {
        return run -> {
            if (oldCodeRuns.get()) {
                int written = dsl.update(CUSTOMERS)
                        .setNull(EMAIL_LOWER)
                        .set(CHANGES, 0)
                        .where(ID.in(4L, 7L))
                        .and(EMAIL_LOWER.isNotNull())
                        .execute();
                oldCodeRuns.set(written == 0 || ++writes < mostWrites);
            }
            return Answer.goOn();
        };
    }

    private Dispatcher registry(TestDatabase.Fresh database) {
        Customers.create(database.dsl(), 3_000);
        Dispatcher registry = new TestCatalog()
                .batch(1, new Customers.LowerEmails())
                .on(database.dataSource())
                .worker(worker)
                .throttle(oldCode(database.dsl()))
                .build();
        registry.dispatch();
        return registry;
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void rowsThatComeAnewFailTheMigrationWithTheirKeys(TestDatabase kind) {
        try (var database = kind.fresh();
                var registry = registry(database)) {
            worker.untilIdle();
            MigrationStatus status = registry.status().of(1);
            assertThat(status.state()).isEqualTo(State.FAILED);
            assertThat(status.error())
                    // On a busy machine, a batch that runs out of time is halved, and the first one that finds a row
                    // reports only its own.
                    .containsPattern(
                            "migration 1 \\(M1\\): pass 4 still found 2 pending rows \\(keys 4(, 7)?\\): old code still"
                                    + " writes the old form; stop all instances with the old code, then call"
                                    + " retry\\(\\)");
            oldCodeRuns.set(false);
            assertThat(registry.migration(1).retry()).isTrue();
            worker.untilIdle();
            assertThat(registry.status().of(1).state()).isEqualTo(State.DONE);
            assertThat(Customers.wrong(database.dsl())).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whileOlderInstancesWriteTheseAreWaitedFor(TestDatabase kind) {
        try (Fleet fleet = new Fleet(kind)) {
            Fleet.Ship young = besideAnOlderInstance(fleet, builder -> builder);
            assertThat(young.outcome()).isEqualTo(Outcome.HELD);
            assertThat(young.message())
                    .startsWith("2: keeps finding new pending rows while 1 of 2 instances still runs a build without"
                            + " 2: ")
                    .endsWith("; continues once they are gone");
            assertThat(young.status(2).waitsFor()).startsWith("keeps finding new pending rows");
            older.close();
            oldCodeRuns.set(false);
            fleet.pass(Duration.ofMinutes(1));
            young.works();
            assertThat(young.outcome()).as(young::message).isEqualTo(Outcome.DONE);
            assertThat(young.status(2).waitsFor()).isNull();
            assertThat(Customers.wrong(fleet.fresh().dsl())).isZero();
        }
    }

    @Test
    void whereTheModeSaysThatNoneIsLeftItFails() {
        try (Fleet fleet = new Fleet(TestDatabase.H2)) {
            Fleet.Ship young = besideAnOlderInstance(fleet, builder -> builder.mode(Mode.AFTER));
            assertThat(young.status(2).state()).isEqualTo(State.FAILED);
        }
    }

    @Test
    void oneThatLeavesThingsForLaterLeavesWhatOlderInstancesWrite() {
        try (Fleet fleet = new Fleet(TestDatabase.H2)) {
            Fleet.Ship young = besideAnOlderInstance(fleet, builder -> builder.mode(Mode.BEFORE));
            assertThat(young.outcome()).isEqualTo(Outcome.HELD);
            assertThat(young.exitCode()).isZero();
            assertThat(young.status(2).state()).isEqualTo(State.PROCESSING);
        }
    }

    private Fleet.Ship besideAnOlderInstance(Fleet fleet, UnaryOperator<RegistryBuilder<Dispatcher>> settings) {
        Customers.create(fleet.fresh().dsl(), 3_000);
        older = fleet.sails(new TestCatalog().data(1, run -> {}));
        return fleet.sails(
                new TestCatalog().data(1, run -> {}).batch(2, new Customers.LowerEmails()),
                builder ->
                        settings.apply(builder).throttle(oldCode(fleet.fresh().dsl())));
    }

    /** During each of the first batches, old code writes another row in the old form. */
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void rowsThatOldCodeWritesDuringABatchAreNotCalledStuck(TestDatabase kind) {
        AtomicInteger written = new AtomicInteger();
        try (var database = kind.fresh()) {
            Customers.create(database.dsl(), 300);
            Customers.LowerEmails busy = new Customers.LowerEmails() {
                @Override
                public long migrate(RowBatch batch) throws Exception {
                    long rows = super.migrate(batch);
                    if (written.get() < 4) {
                        database.dsl()
                                .insertInto(CUSTOMERS, ID, Customers.EMAIL, CHANGES)
                                .values(written.incrementAndGet() * 3L, "New@Example.ORG", 0)
                                .execute();
                    }
                    return rows;
                }
            };
            try (Dispatcher registry = new TestCatalog()
                    .batch(1, busy)
                    .on(database.dataSource())
                    .worker(worker)
                    .build()) {
                registry.dispatch();
                worker.untilIdle();
                assertThat(registry.status().of(1).state()).isEqualTo(State.DONE);
                assertThat(registry.migration(1).rejects()).isEmpty();
                assertThat(Customers.wrong(database.dsl())).isZero();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aPassThatFoundSomethingIsFollowedByAnother(TestDatabase kind) {
        mostWrites = 1;
        try (var database = kind.fresh();
                var registry = registry(database)) {
            worker.untilIdle();
            assertThat(registry.status().of(1).state()).isEqualTo(State.DONE);
            assertThat(Customers.wrong(database.dsl())).isZero();
            var events = TestTables.all().events();
            assertThat(database.dsl().select(events.DETAIL).from(events).fetch(events.DETAIL))
                    .contains("a check of the whole table found nothing pending");
        }
    }

    /** A function that runs too long if a statement may take as long as the check of a small table. */
    @Test
    void aLookThatTakesTooLongIsFollowedByAPass() {
        try (var database = TestDatabase.POSTGRES.fresh()) {
            Customers.create(database.dsl(), 3_000);
            database.dsl()
                    .execute("create function in_time() returns boolean language plpgsql as $$ begin"
                            + " if current_setting('statement_timeout') = '2s' then raise 'slow' using errcode = '57014'; end if;"
                            + " return true; end $$");
            var slow = new Customers.LowerEmails() {
                @Override
                public Condition pending() {
                    return DSL.condition("case when in_time() then {0} end", super.pending());
                }
            };
            try (var registry = new TestCatalog()
                    .batch(1, slow)
                    .on(database.dataSource())
                    .worker(worker)
                    .targetBatchTime(Duration.ofMillis(80)) // The check of a range may take 20 times as long: 1.6 s.
                    .build()) {
                registry.dispatch();
                worker.untilIdle();
                assertThat(registry.status().of(1).state()).isEqualTo(State.DONE);
            }
            var events = TestTables.all().events();
            assertThat(database.dsl().select(events.DETAIL).from(events).fetch(events.DETAIL))
                    .contains("pass 2 found nothing pending");
        }
    }
}
