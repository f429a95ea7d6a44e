package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.asyncmigrations.dispatch.Customers.CHANGES;
import static org.asyncmigrations.dispatch.Customers.CUSTOMERS;
import static org.asyncmigrations.dispatch.Customers.EMAIL;
import static org.asyncmigrations.dispatch.Customers.EMAIL_LOWER;
import static org.asyncmigrations.dispatch.Customers.ID;

import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.Mode;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.operator.Operator;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The dependencies of an after-release migration are walked once more before it begins, and they stay done in the meantime. */
class SealTest {
    private static final MigrationEntry LAST =
            MigrationEntry.afterRelease(3, "test.M3", By.TRANSACTION, "f3").after(1L);

    private final AtomicLong pendingAtTheLast = new AtomicLong(-1);

    private TestCatalog release(Customers.LowerEmails backfill) {
        DataMigration counts = run -> pendingAtTheLast.set(
                run.dsl().fetchCount(CUSTOMERS, EMAIL_LOWER.isNull().and(EMAIL.isNotNull())));
        return new TestCatalog().batch(1, backfill).with(LAST, () -> counts);
    }

    private static void insert(DSLContext dsl, long id) {
        dsl.insertInto(CUSTOMERS)
                .columns(ID, EMAIL, CHANGES)
                .values(id, "Late" + id + "@Example.ORG", 0)
                .execute();
    }

    /** The backfill is done, and an old instance has written rows since. */
    private Fleet.Ship done(Fleet fleet, Customers.LowerEmails backfill) {
        Customers.create(fleet.fresh().dsl(), 3_000);
        Fleet.Ship ship = fleet.sails(release(backfill), builder -> builder.maxAttempts(1));
        assertThat(ship.status(1).state()).isEqualTo(State.DONE);
        insert(fleet.fresh().dsl(), 2);
        insert(fleet.fresh().dsl(), 5_000);
        return ship;
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void rowsThatCannotBeChangedAreSetAsideHoweverManyItMeetsInARow(TestDatabase database) {
        Customers.LowerEmails picky = new Customers.LowerEmails() {
            @Override
            public long migrate(RowBatch batch) throws Exception {
                return batch.update(CUSTOMERS, row -> {
                    if (row.get("id", Long.class) > 4_999) {
                        throw new IllegalArgumentException("no spelling");
                    }
                    row.set(EMAIL_LOWER, row.get("email", String.class).toLowerCase(Locale.ROOT));
                });
            }
        };
        try (Fleet fleet = new Fleet(database)) {
            Customers.create(fleet.fresh().dsl(), 300);
            Fleet.Ship ship = fleet.sails(release(picky), builder -> builder.maxAttempts(1));
            assertThat(ship.status(1).state()).isEqualTo(State.DONE);
            for (long id = 5_000; id < 5_012; id++) {
                insert(fleet.fresh().dsl(), id);
            }
            ship.registry.dispatch(Mode.AFTER);
            ship.works();
            assertThat(ship.registry.migration(3).rejects()).hasSize(12);
            assertThat(ship.registry.migration(3).acceptRejects("unreadable")).isTrue();
            ship.registry.dispatch(Mode.AFTER);
            ship.works();
            assertThat(ship.status(3).state()).isEqualTo(State.DONE);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void rowsThatCameBehindTheWalkAreChangedBeforeItBegins(TestDatabase database) {
        try (Fleet fleet = new Fleet(database)) {
            Fleet.Ship ship = done(fleet, new Customers.LowerEmails());
            ship.registry.dispatch(Mode.AFTER);
            ship.works();
            assertThat(ship.status(3).state()).isEqualTo(State.DONE);
            assertThat(pendingAtTheLast).hasValue(0);
            assertThat(Customers.wrong(fleet.fresh().dsl())).isZero();
            assertThat(fleet.told(3)).containsSubsequence("gate opened", "sealed", "ready", "started", "done");
            assertThat(fleet.said("sealed")).isEqualTo("migration 1 (M1) walked once more: 2 rows were pending");
            assertThat(fleet.told(1)).as("done is final").endsWith("done").containsOnlyOnce("done");
            assertThat(fleet.fresh().dsl().fetchCount(TestTables.all().migrations()))
                    .isEqualTo(2);
            assertThat(ship.registry.status().migrations()).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void theStatusShowsTheWalkThatIsWaitedFor(TestDatabase database) {
        try (Fleet fleet = new Fleet(database)) {
            List<MigrationStatus> seen = new ArrayList<>();
            Operator operator = Operator.of(fleet.fresh().dataSource());
            Fleet.Ship ship = done(fleet, new Customers.LowerEmails() {
                @Override
                public long migrate(RowBatch batch) throws Exception {
                    seen.add(operator.status().of(3));
                    return super.migrate(batch);
                }
            });
            var t = TestTables.all().migrations();
            ship.registry.dispatch(Mode.AFTER);
            stepUntilTheSealHasStarted(fleet, ship);
            fleet.fresh()
                    .dsl()
                    .update(t)
                    .set(t.ROWS_ESTIMATED, 5_000L)
                    .set(t.KEYS_WALKED, 2_000L)
                    .where(t.VERSION.lt(0L))
                    .execute();
            MigrationStatus between = operator.status().of(3);
            assertThat(between.waitsFor()).matches("seals 1 M1 first: \\d+ %");
            assertThat(between.progress().share()).isZero();
            assertThat(ship.registry.status().of(3)).isEqualTo(between);
            seen.clear();
            ship.works();
            assertThat(seen).isNotEmpty().allSatisfy(status -> {
                assertThat(status.waitsFor()).matches("seals 1 M1 first: [4-9]\\d %");
                assertThat(status.now().owners()).hasSize(1);
            });
            assertThat(ship.status(3).waitsFor()).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void itBeginsWhenTransactionsOlderThanTheOpeningHaveEnded(TestDatabase database) throws Exception {
        try (Fleet fleet = new Fleet(database);
                Connection old = fleet.fresh().dataSource().getConnection()) {
            Fleet.Ship ship = done(fleet, new Customers.LowerEmails());
            old.setAutoCommit(false);
            insert(DSL.using(old, database.dialect()), 8);
            ship.registry.dispatch(Mode.AFTER);
            ship.works();
            String waits = "waits until transactions older than the opening of its gate have ended";
            assertThat(ship.message()).isEqualTo(waits);
            assertThat(ship.status(3).waitsFor()).isEqualTo(waits);
            old.commit();
            if (database == TestDatabase.MARIADB) {
                // The server's list of transactions is a tenth of a second old.
                fleet.fresh().dsl().fetch("select sleep(0.15)");
            }
            ship.works();
            assertThat(fleet.said("sealed")).endsWith("3 rows were pending");
            assertThat(pendingAtTheLast).hasValue(0);
            old.setAutoCommit(true);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void itIsTakenOverAtItsCursorLikeAnyWalk(TestDatabase database) {
        try (Fleet fleet = new Fleet(database)) {
            Fleet.Ship dead = done(fleet, new Customers.LowerEmails());
            dead.registry.dispatch(Mode.AFTER);
            var ranges = TestTables.all().ranges();
            stepUntilTheSealHasStarted(fleet, dead);
            assertThat(fleet.fresh().dsl().fetchCount(ranges, ranges.VERSION.ge(0L)))
                    .isZero();
            fleet.pass(Duration.ofMinutes(1));
            Fleet.Ship successor =
                    fleet.sails(release(new Customers.LowerEmails()), builder -> builder.mode(Mode.AFTER));
            assertThat(successor.status(3).state()).isEqualTo(State.DONE);
            assertThat(Customers.wrong(fleet.fresh().dsl())).isZero();
        }
    }

    private static void stepUntilTheSealHasStarted(Fleet fleet, Fleet.Ship ship) {
        var e = TestTables.all().events();
        for (int steps = 0; steps < 100; steps++) {
            ship.worker.step();
            if (fleet.fresh().dsl().fetchCount(e, e.VERSION.eq(-1L).and(e.EVENT.eq("started"))) > 0) {
                return;
            }
        }
        throw new AssertionError("the walk that seals never starts");
    }

    @Test
    void oneThatFailsHoldsUpWhatItIsForUntilItIsRetried() {
        boolean[] broken = {false};
        Customers.LowerEmails backfill = new Customers.LowerEmails() {
            @Override
            public long migrate(RowBatch batch) throws Exception {
                if (broken[0]) {
                    throw new IllegalStateException("the vault is closed");
                }
                return super.migrate(batch);
            }
        };
        try (Fleet fleet = new Fleet(TestDatabase.H2)) {
            Fleet.Ship ship = done(fleet, backfill);
            broken[0] = true;
            ship.registry.dispatch(Mode.AFTER);
            ship.works();
            assertThat(ship.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(ship.message())
                    .startsWith(
                            "migration 3 (M3) waits: the sealing of migration 1 (M1) has failed; fix the cause, then"
                                    + " retry() migration 3 (M3): ")
                    .contains("the vault is closed");
            assertThat(ship.status(3).waitsFor()).contains("the sealing of migration 1 (M1) has failed");
            assertThat(ship.status(1).state()).isEqualTo(State.DONE);
            broken[0] = false;
            assertThat(ship.registry.migration(3).retry()).isTrue();
            ship.works();
            assertThat(ship.status(3).state()).isEqualTo(State.DONE);
        }
    }

    @Test
    void whatWasSkippedIsNotRunByIt() {
        try (Fleet fleet = new Fleet(TestDatabase.H2)) {
            Customers.create(fleet.fresh().dsl(), 100);
            Fleet.Ship ship = fleet.ship(
                            release(new Customers.LowerEmails()), fleet.fresh().dataSource(), builder -> builder)
                    .dispatch();
            ship.worker.step();
            ship.registry.migration(1).skip("its rows are as they should be");
            ship.registry.dispatch(Mode.AFTER);
            ship.works();
            assertThat(ship.status(3).state()).isEqualTo(State.DONE);
            assertThat(pendingAtTheLast).hasValue(90);
            assertThat(fleet.said("sealed")).contains("not walked: it was skipped");
        }
    }

    @Test
    void oneWhoseGateIsClosedMeanwhileIsForgottenAndBeginsAnew() {
        try (Fleet fleet = new Fleet(TestDatabase.H2)) {
            Customers.create(fleet.fresh().dsl(), 3_000);
            TestCatalog before = new TestCatalog().batch(1, new Customers.LowerEmails());
            fleet.sails(before).close();
            fleet.pass(Duration.ofSeconds(31));
            Fleet.Ship young = fleet.sails(release(new Customers.LowerEmails()));
            fleet.pass(Duration.ofSeconds(30));
            stepUntilTheSealHasStarted(fleet, young);
            Fleet.Ship old = fleet.sails(before);
            old.registry.beat();
            assertThat(fleet.told(3)).endsWith("gate closed");
            var t = TestTables.all().migrations();
            assertThat(fleet.fresh().dsl().fetchCount(t, t.VERSION.lt(0L))).isZero();
            insert(fleet.fresh().dsl(), 2);
            old.close();
            fleet.pass(Duration.ofSeconds(31));
            young.works();
            fleet.pass(Duration.ofSeconds(30));
            young.works();
            assertThat(young.status(3).state()).isEqualTo(State.DONE);
            assertThat(pendingAtTheLast).hasValue(0);
        }
    }
}
