package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.asyncmigrations.BuildTooOldException;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.Mode;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A build that comes back after the release: it may run if nothing has begun, and is told that it is too old otherwise. */
class TooOldTest {
    private static final Duration SETTLE = Duration.ofSeconds(30);

    private static TestCatalog before() {
        return new TestCatalog().data(1, run -> {});
    }

    private static TestCatalog release() {
        return before().afterRelease(2, run -> {});
    }

    private static Fleet.Ship released(Fleet fleet) {
        Fleet.Ship ship = fleet.sails(release(), builder -> builder.mode(Mode.AFTER));
        assertThat(ship.status(2).state()).isEqualTo(State.DONE);
        return ship;
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void itsDispatchThrowsAndSaysWhatToDo(TestDatabase database) throws Exception {
        try (Fleet fleet = new Fleet(database)) {
            released(fleet);
            assertThatThrownBy(() -> fleet.sails(before()))
                    .isInstanceOf(BuildTooOldException.class)
                    .hasMessage("this build is too old for its database: after-release migration 2, which it does not"
                            + " know, has begun there; deploy a release that knows it, or, if this one does not need"
                            + " what that migration removes, call allowTooOld() on the builder");
            TroubleBench.awaitUntil(() -> fleet.told(2).contains("too old"));
            var events = TestTables.all().events();
            assertThat(fleet.fresh().dsl().fetchCount(events, events.EVENT.eq("too old")))
                    .isEqualTo(1);
            var i = TestTables.all().instances();
            assertThat(fleet.fresh().dsl().fetchCount(i))
                    .as("one that does not run holds no gate")
                    .isEqualTo(1);
        }
    }

    @Test
    void theBuilderMayAllowIt() throws Exception {
        try (Fleet fleet = new Fleet(TestDatabase.H2)) {
            released(fleet);
            Fleet.Ship old = fleet.sails(before().data(3, run -> {}), RegistryBuilder::allowTooOld);
            assertThat(old.outcome()).isEqualTo(Outcome.DONE);
            assertThat(old.status(3).state()).isEqualTo(State.DONE);
            assertThat(fleet.told(2)).contains("too old");
        }
    }

    @Test
    void oneThatFindsItOnlyInTheBackgroundDoesNoWork() throws Exception {
        try (Fleet fleet = new Fleet(TestDatabase.H2)) {
            Fleet.Ship old = fleet.sails(before().data(3, run -> {
                throw new IllegalStateException("tried again");
            }));
            old.freeze();
            fleet.pass(Duration.ofMinutes(6));
            released(fleet);
            old.thaw();
            old.registry.beat();
            assertThat(fleet.told(2)).contains("too old");
            old.works();
            assertThat(old.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(old.message()).contains("too old", "migration 2 (M2)");
        }
    }

    @Test
    void aBuildThatHasDroppedTheMigrationIsNotTooOld() throws Exception {
        try (Fleet fleet = new Fleet(TestDatabase.H2)) {
            released(fleet);
            Fleet.Ship next = fleet.sails(before().retired(2));
            assertThat(next.outcome()).isEqualTo(Outcome.DONE);
            next.registry.beat();
            assertThat(fleet.told(2)).doesNotContain("too old");
        }
    }

    @Test
    void whatWasSkippedHasTakenNothingAway() throws Exception {
        try (Fleet fleet = new Fleet(TestDatabase.H2)) {
            Fleet.Ship young = fleet.sails(release());
            young.registry.migration(2).skip("not needed here");
            Fleet.Ship old = fleet.sails(before());
            old.registry.beat();
            assertThat(old.outcome()).isEqualTo(Outcome.DONE);
            assertThat(fleet.told(2)).doesNotContain("too old");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aRolledBackInstanceClosesTheGateOfWhatHasNotBegun(TestDatabase database) throws Exception {
        try (Fleet fleet = new Fleet(database)) {
            Fleet.Ship young = opened(fleet);
            Fleet.Ship old = fleet.sails(before());
            old.registry.beat();
            assertThat(fleet.told(2)).containsExactly("registered", "gate opened", "gate closed");
            assertThat(fleet.said("gate closed"))
                    .startsWith("an instance whose build does not contain it has started: ");
            young.works();
            assertThat(young.message()).contains("1 of 2 instances still runs a build without 2");
            assertThat(young.status(2).state()).isEqualTo(State.CREATED);
            old.close();
            fleet.pass(SETTLE.plusSeconds(1));
            young.works();
            fleet.pass(SETTLE);
            young.works();
            assertThat(young.status(2).state()).isEqualTo(State.DONE);
        }
    }

    /** The gate is open, and the migration has not begun. */
    private static Fleet.Ship opened(Fleet fleet) {
        fleet.sails(before()).close();
        fleet.pass(SETTLE.plusSeconds(1));
        Fleet.Ship young = fleet.sails(release());
        fleet.pass(SETTLE);
        assertThat(young.worker.step()).isEqualTo(Step.Kind.WORKED);
        assertThat(fleet.told(2)).containsExactly("registered", "gate opened");
        return young;
    }
}
