package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.asyncmigrations.dispatch.Customers.CHANGES;
import static org.asyncmigrations.dispatch.Customers.CUSTOMERS;
import static org.asyncmigrations.dispatch.Customers.EMAIL_LOWER;

import java.time.Duration;
import java.util.List;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.batch.RangeSplitter;
import org.asyncmigrations.batch.RangeSplitter.Stretch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What test kits can rely on. */
class RehearsalTest {
    private static final int ROWS = 50;

    private final TestCatalog catalog = new TestCatalog()
            .retired(1)
            .data(2, run -> run.dsl().update(CUSTOMERS).set(CHANGES, 9).execute())
            .batch(3, new Customers.LowerEmails());

    @ParameterizedTest
    @EnumSource
    void aMigrationRunsAlone(TestDatabase database) {
        try (var fresh = database.fresh()) {
            Customers.create(fresh.dsl(), ROWS);
            Rehearsal rehearsal = Rehearsal.of(catalog.on(fresh.dataSource()));
            MigrationEntry last = rehearsal.entries().get(1);
            ManualWorker worker = new ManualWorker();
            try (Dispatcher alone =
                    rehearsal.alone(last, () -> Duration.ZERO).worker(worker).build()) {
                Dispatch dispatch = alone.dispatch();
                worker.untilIdle();

                assertThat(rehearsal.entries())
                        .extracting(MigrationEntry::version)
                        .containsExactly(2L, 3L);
                assertThat(dispatch.outcome()).isEqualTo(Dispatch.Outcome.DONE);
                assertThat(alone.status().migrations()).hasSize(1);
                assertThat(Customers.wrong(fresh.dsl())).isZero();
            }
        }
    }

    @Test
    void aMigrationThatWaitsForApprovalRunsAtOnceAlsoBehindAnother() {
        MigrationEntry waits = MigrationEntry.async(3, "a.Waits", By.TRANSACTION, "f")
                .onApproval()
                .startingAfter("P1D");
        TestCatalog both = new TestCatalog().data(2, run -> {}).with(waits, () -> (DataMigration) run -> {});
        try (var fresh = TestDatabase.H2.fresh()) {
            Rehearsal rehearsal = Rehearsal.of(both.on(fresh.dataSource()));
            for (MigrationEntry entry : rehearsal.entries()) {
                ManualWorker worker = new ManualWorker();
                try (Dispatcher alone = rehearsal
                        .alone(entry, () -> Duration.ZERO)
                        .worker(worker)
                        .build()) {
                    Dispatch dispatch = alone.dispatch();
                    worker.untilIdle();
                    assertThat(dispatch.outcome()).isEqualTo(Dispatch.Outcome.DONE);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void stretchesInAnyOrderAreTheWholeTable(TestDatabase database) throws Exception {
        try (var fresh = database.fresh()) {
            Customers.create(fresh.dsl(), ROWS);
            Rehearsal rehearsal = Rehearsal.of(catalog.on(fresh.dataSource()));
            MigrationEntry entry = rehearsal.entries().get(1);
            RangeSplitter[] made = new RangeSplitter[1];
            rehearsal.play(
                    rehearsal.entries().get(1), work -> made[0] = RangeSplitter.of(new Customers.LowerEmails(), work));
            RangeSplitter stretches = made[0];
            List<Stretch> all = stretches.of(fresh.dsl(), 7);
            for (int i = all.size() - 1; i >= 0; i--) {
                Stretch stretch = all.get(i);
                rehearsal.play(entry, work -> stretches.change(work, stretch));
            }

            assertThat(all).hasSize(8);
            assertThat(stretches.count(fresh.dsl())).isEqualTo(ROWS);
            assertThat(Customers.wrong(fresh.dsl())).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatPendingLeavesOutCanBeChangedToo(TestDatabase database) throws Exception {
        try (var fresh = database.fresh()) {
            Customers.create(fresh.dsl(), ROWS);
            Rehearsal rehearsal = Rehearsal.of(catalog.on(fresh.dataSource()));
            RangeSplitter[] made = new RangeSplitter[1];
            rehearsal.play(
                    rehearsal.entries().get(1), work -> made[0] = RangeSplitter.of(new Customers.LowerEmails(), work));
            RangeSplitter stretches = made[0];
            rehearsal.play(rehearsal.entries().get(1), work -> stretches.changeOthers(work, new Stretch(null, null)));

            assertThat(stretches.hasPending()).isTrue();
            assertThat(fresh.dsl().fetchCount(CUSTOMERS, CHANGES.eq(1))).isEqualTo(ROWS / 10);
            assertThat(fresh.dsl().fetchCount(CUSTOMERS, EMAIL_LOWER.isNotNull()))
                    .isZero();
        }
    }
}
