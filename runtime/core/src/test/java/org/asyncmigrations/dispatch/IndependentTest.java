package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.Mode;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.state.StartRows;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Migrations that don't have to wait for each other. */
class IndependentTest {
    private final List<Long> ran = new ArrayList<>();
    private boolean mended;

    private static MigrationEntry entry(long version, Long... after) {
        return MigrationEntry.async(version, "test.M" + version, By.TRANSACTION, "f" + version)
                .after(after);
    }

    private DataMigration runs(long version) {
        return run -> ran.add(version);
    }

    private DataMigration fails(long version) {
        return run -> {
            if (!mended) {
                throw new IllegalStateException("the vault is locked");
            }
            ran.add(version);
        };
    }

    private static Fleet.Ship sails(Fleet fleet, TestCatalog build) {
        return fleet.sails(build, builder -> builder.maxAttempts(1));
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aFailedIndependentOneHoldsUpOnlyWhatNamesIt(TestDatabase database) {
        TestCatalog build = new TestCatalog()
                .data(1, runs(1))
                .with(entry(2).independently(), () -> fails(2))
                .data(3, runs(3))
                .with(entry(4, 2L).independently(), () -> runs(4))
                .data(5, runs(5));
        try (Fleet fleet = new Fleet(database)) {
            Fleet.Ship ship = sails(fleet, build);
            assertThat(ran).containsExactly(1L, 3L, 5L);
            assertThat(ship.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(ship.exitCode()).isEqualTo(1);
            assertThat(ship.message())
                    .contains("migration 2 (M2)", "the vault is locked", "1 migration waits for it: 4 M4");
            assertThat(ship.status(4).state()).isEqualTo(State.CREATED);
            assertThat(ship.status(4).now().independent()).isTrue();
            assertThat(ship.status(5).now().independent()).isFalse();

            mended = true;
            ship.registry.migration(2).retry();
            ship.works();
            assertThat(ran).containsExactly(1L, 3L, 5L, 2L, 4L);
            assertThat(ship.outcome()).isEqualTo(Outcome.DONE);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aFailedOrderedOneHoldsUpNoIndependentOneButThoseThatNameIt(TestDatabase database) {
        TestCatalog build = new TestCatalog()
                .data(1, fails(1))
                .with(entry(2).independently(), () -> runs(2))
                .data(3, runs(3))
                .with(entry(4, 1L).independently(), () -> runs(4))
                .with(entry(5, 3L).independently(), () -> runs(5));
        try (Fleet fleet = new Fleet(database)) {
            Fleet.Ship ship = sails(fleet, build);
            assertThat(ran).containsExactly(2L);
            assertThat(ship.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(ship.message()).contains("migration 1 (M1)", "3 migrations wait for it");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void anOrderedOneWaitsForAnIndependentOneThatItNamesAndSoDoesWhatFollows(TestDatabase database) {
        TestCatalog build = new TestCatalog()
                .with(entry(1).independently(), () -> fails(1))
                .data(2, runs(2))
                .with(entry(3, 1L), () -> runs(3))
                .data(4, runs(4));
        try (Fleet fleet = new Fleet(database)) {
            Fleet.Ship ship = sails(fleet, build);
            assertThat(ran).containsExactly(2L);
            assertThat(ship.message()).contains("2 migrations wait for it: 3 M3, 4 M4");

            mended = true;
            ship.registry.migration(1).retry();
            ship.works();
            assertThat(ran).containsExactly(2L, 1L, 3L, 4L);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whileOneIsPausedTheOthersGoOnAndTheOutcomeIsHeld(TestDatabase database) {
        TestCatalog build = new TestCatalog()
                .data(1, runs(1))
                .with(entry(2).independently().onApproval(), () -> runs(2))
                .data(3, runs(3));
        try (Fleet fleet = new Fleet(database)) {
            Fleet.Ship ship = sails(fleet, build);
            assertThat(ran).containsExactly(1L, 3L);
            assertThat(ship.outcome()).isEqualTo(Outcome.HELD);
            assertThat(ship.message()).contains("migration 2 (M2) waits for approval");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void oneOnTheTableOfAnotherWaitsForItAndOnOtherTablesItDoesNot(TestDatabase database) {
        TestCatalog build = new TestCatalog()
                .batch(1, new Customers.LowerEmails())
                .with(entry(2).independently().writing("customers"), () -> runs(2))
                .with(entry(3).independently().writing("others"), () -> runs(3))
                .with(entry(4).independently().writing("customers", "others"), () -> runs(4));
        try (Fleet fleet = new Fleet(database)) {
            Customers.create(fleet.fresh().dsl(), 5_000);
            fleet.fresh()
                    .dsl()
                    .createTable("others")
                    .column("id", SQLDataType.INTEGER)
                    .execute();
            Fleet.Ship ship = fleet.ship(build, fleet.fresh().dataSource(), builder -> builder)
                    .dispatch();
            while (!ship.registry.status().of(1).state().equals(State.PROCESSING)) {
                ship.worker.work().step();
            }
            ship.registry.migration(1).pause("the shop is busy");
            ship.works();
            assertThat(ran).containsExactly(3L);
            assertThat(ship.status(2).waitsFor())
                    .containsIgnoringCase("waits for migration 1 (M1), which is paused and works on the table ")
                    .containsIgnoringCase(".customers");
            assertThat(ship.outcome()).isEqualTo(Outcome.HELD);

            ship.registry.migration(1).resume();
            ship.works();
            assertThat(ran).containsExactly(3L, 2L, 4L);
            assertThat(ship.outcome()).isEqualTo(Outcome.DONE);
            assertThat(Customers.wrong(fleet.fresh().dsl())).isZero();
            assertThat(fleet.said("started"))
                    .containsIgnoringCase("independent, on ")
                    .containsIgnoringCase(".others");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void noMoreRunAtOnceThanTheBuilderSaysBesideTheOrderedOnes(TestDatabase database) {
        try (Fleet fleet = new Fleet(database)) {
            TestCatalog build = new TestCatalog();
            Fleet.Ship other =
                    fleet.ship(build, fleet.fresh().dataSource(), builder -> builder.concurrentMigrations(1));
            build.with(entry(1).independently(), () -> (DataMigration) run -> {
                        other.works();
                        ran.add(1L);
                    })
                    .with(entry(2).independently(), () -> runs(2))
                    .data(3, runs(3));
            other.dispatch();
            Fleet.Ship ship = fleet.sails(build, builder -> builder.concurrentMigrations(1));
            assertThat(ran).as("3 beside 1, and 2 after it").startsWith(3L, 1L).contains(2L);
            assertThat(ship.outcome()).isEqualTo(Outcome.DONE);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aBackFillThatNobodyIsAtCountsAsOneThatRuns(TestDatabase database) {
        TestCatalog build = new TestCatalog()
                .with(batch(1).independently(), Customers.LowerEmails::new)
                .with(entry(2).independently(), () -> runs(2));
        try (Fleet fleet = new Fleet(database)) {
            Customers.create(fleet.fresh().dsl(), 5_000);
            Fleet.Ship ship = fleet.ship(build, fleet.fresh().dataSource(), builder -> builder.concurrentMigrations(1))
                    .dispatch();
            while (!ship.registry.status().of(1).state().equals(State.PROCESSING)) {
                ship.worker.step();
            }
            while (!ship.registry.status().of(1).state().equals(State.DONE)) {
                assertThat(ran).isEmpty();
                ship.worker.step();
            }
            ship.works();
            assertThat(ran).containsExactly(2L);
        }
    }

    private static MigrationEntry batch(long version) {
        return MigrationEntry.async(version, "test.M" + version, By.PENDING_ROWS, "f" + version);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void twoAfterReleaseOnesHaveWhatTheyNameWalkedOnceMoreOneAfterTheOther(TestDatabase database) {
        MigrationEntry two = MigrationEntry.afterRelease(2, "test.M2", By.TRANSACTION, "f2");
        MigrationEntry three = MigrationEntry.afterRelease(3, "test.M3", By.TRANSACTION, "f3");
        TestCatalog build = new TestCatalog()
                .with(batch(1), Customers.LowerEmails::new)
                .with(two.after(1L).independently(), () -> runs(2))
                .with(three.after(1L), () -> runs(3));
        try (Fleet fleet = new Fleet(database)) {
            Customers.create(fleet.fresh().dsl(), 1_000);
            Fleet.Ship ship = fleet.sails(build, builder -> builder.mode(Mode.AFTER));
            assertThat(ran).containsExactlyInAnyOrder(2L, 3L);
            assertThat(ship.outcome()).isEqualTo(Outcome.DONE);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void besideAnOlderRuntimeTheOrderStaysStrict(TestDatabase database) {
        TestCatalog build = new TestCatalog().data(1, fails(1)).with(entry(2).independently(), () -> runs(2));
        try (Fleet fleet = new Fleet(database)) {
            Fleet.Ship old = fleet.sails(new TestCatalog());
            var i = TestTables.all().instances();
            fleet.fresh().dsl().update(i).setNull(i.RUNTIME).execute();
            Fleet.Ship ship = sails(fleet, build);
            assertThat(ran).isEmpty();
            old.close();
            ship.works();
            assertThat(ran).containsExactly(2L);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void theRowThatStartsLockIsNoMigration(TestDatabase database) {
        try (Fleet fleet = new Fleet(database)) {
            Fleet.Ship ship = sails(fleet, new TestCatalog().with(entry(1).independently(), () -> runs(1)));
            var t = TestTables.all().migrations();
            assertThat(fleet.fresh().dsl().fetchExists(t, t.VERSION.eq(StartRows.CONTROL)))
                    .isTrue();
            assertThat(ship.registry.status().migrations()).hasSize(1);
            assertThat(sails(fleet, new TestCatalog().data(2, runs(2))).outcome())
                    .as("a build without independent ones")
                    .isEqualTo(Outcome.DONE);
            assertThat(ran).containsExactly(1L, 2L);
        }
    }
}
