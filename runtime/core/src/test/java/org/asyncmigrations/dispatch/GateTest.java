package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.Mode;
import org.asyncmigrations.OwnThreads;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.operator.Operator;
import org.asyncmigrations.operator.Orders;
import org.asyncmigrations.release.GateAnswer;
import org.asyncmigrations.release.Gates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When the gate of an after-release migration opens, and its reasons until then. */
class GateTest {
    private static final Duration SETTLE = Duration.ofSeconds(30);

    /** The build before the release. */
    private static TestCatalog before() {
        return new TestCatalog().data(1, run -> {});
    }

    private static TestCatalog release() {
        return before().afterRelease(2, run -> {});
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void itOpensWhenAllInstancesHaveRunABuildWithTheMigrationForAWhile(TestDatabase database) {
        try (Fleet fleet = new Fleet(database)) {
            Fleet.Ship old = fleet.sails(before());
            Fleet.Ship young = fleet.sails(release());
            assertThat(young.outcome()).isEqualTo(Outcome.HELD);
            assertThat(young.message()).startsWith("2: 1 of 2 instances still runs a build without 2: ");
            old.close();
            fleet.pass(Duration.ofSeconds(31));
            young.works();
            String settles = "the only running instance has a build with 2; opens when this has been true for 30s";
            assertThat(young.message()).isEqualTo("2: " + settles);
            assertThat(young.status(2).waitsFor()).isEqualTo(settles);
            fleet.pass(SETTLE);
            young.works();
            assertThat(young.outcome()).isEqualTo(Outcome.DONE);
            assertThat(fleet.told(2)).containsExactly("registered", "gate opened", "ready", "started", "done");
            assertThat(fleet.said("gate opened")).isEqualTo("the only running instance has a build with 2");
        }
    }

    @Test
    void aWorkerThatFindsAnotherAskingSaysNothingInItsPlace() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answers = new CountDownLatch(1);
        try (Fleet fleet = new Fleet(TestDatabase.H2)) {
            Fleet.Ship ship = fleet.ship(
                            release(),
                            fleet.fresh().dataSource(),
                            builder -> builder.assumeNoOlderInstances().gate(run -> {
                                asked.countDown();
                                assertThat(answers.await(1, TimeUnit.MINUTES)).isTrue();
                                return GateAnswer.notYet("the deployment goes on");
                            }))
                    .dispatch();
            CompletableFuture<Void> other = CompletableFuture.runAsync(ship::works, new OwnThreads());
            assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();
            ship.works();
            assertThat(ship.outcome()).isEqualTo(Outcome.RUNNING);
            assertThat(ship.message()).isEqualTo("the gate of migration 2 (M2) is being checked");
            answers.countDown();
            other.get(1, TimeUnit.MINUTES);
            assertThat(ship.outcome()).isEqualTo(Outcome.HELD);
            assertThat(ship.message()).isEqualTo("2: the deployment goes on");
        }
    }

    @Test
    void itSaysHowManyInstancesItWaitsForAndWhich() {
        try (Fleet fleet = new Fleet(TestDatabase.H2)) {
            fleet.sails(before(), builder -> builder.release("1"));
            fleet.sails(before(), builder -> builder.release("1"));
            fleet.sails(release(), builder -> builder.release("2"));
            fleet.sails(release(), builder -> builder.release("2"));
            Fleet.Ship last = fleet.sails(release(), builder -> builder.release("2"));
            fleet.name("1", "web-3", "web-4");
            fleet.pass(SETTLE);
            last.works();
            String waits = "2 of 5 instances still run a build without 2: web-3, web-4";
            assertThat(last.message()).isEqualTo("2: " + waits);
            assertThat(last.status(2).waitsFor()).isEqualTo(waits);
            for (int more = 5; more <= 11; more++) {
                fleet.sails(before(), builder -> builder.release("1"));
            }
            fleet.name("1", "w1", "w2", "w3", "w4", "w5", "w6", "w6", "w8", "w9");
            fleet.pass(SETTLE);
            last.works();
            assertThat(last.message())
                    .isEqualTo("2: 9 of 12 instances still run a build without 2: w1, w2, w3, w4, w5 and 4 more");
        }
    }

    @Test
    void oneThatSharesItsMachineWithANewerOneIsNamedByItsProcessToo() {
        try (Fleet fleet = new Fleet(TestDatabase.H2)) {
            fleet.sails(before());
            Fleet.Ship young = fleet.sails(release());
            assertThat(young.message())
                    .startsWith("2: 1 of 2 instances still runs a build without 2: ")
                    .endsWith(":" + ProcessHandle.current().pid());
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void oneThatIsClosedCountsUntilItsRequestsHaveDrained(TestDatabase database) {
        try (Fleet fleet = new Fleet(database)) {
            Fleet.Ship old = fleet.sails(before());
            Fleet.Ship young = fleet.sails(release());
            old.close();
            fleet.pass(Duration.ofSeconds(25));
            young.works();
            assertThat(young.message()).contains("1 of 2 instances");
            fleet.pass(Duration.ofSeconds(6));
            young.works();
            assertThat(young.message()).contains("opens when");
        }
    }

    @Test
    void itTakesNoLongerThanSilence() {
        try (Fleet fleet = new Fleet(TestDatabase.H2)) {
            assertThatThrownBy(() -> release().on(fleet.fresh().dataSource()).drainTime(Duration.ofMinutes(6)))
                    .hasMessage("drainTime must be between zero and 5 minutes, but is PT6M");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void oneThatIsSilentIsGoneAfterFiveMinutes(TestDatabase database) {
        try (Fleet fleet = new Fleet(database)) {
            Fleet.Ship old = fleet.sails(before());
            Fleet.Ship young = fleet.sails(release());
            old.freeze();
            fleet.pass(Duration.ofSeconds(290));
            young.registry.beat();
            young.works();
            assertThat(young.message()).contains("1 of 2 instances");
            fleet.pass(Duration.ofSeconds(15));
            young.registry.beat();
            young.works();
            assertThat(young.message()).contains("opens when");
        }
    }

    @Test
    void oneThatComesBetweenTheTwoReadingsIsSeenByTheSecond() {
        try (Fleet fleet = new Fleet(TestDatabase.H2)) {
            fleet.sails(before()).close();
            fleet.pass(SETTLE.plusSeconds(1));
            Fleet.Ship young = fleet.sails(release());
            assertThat(young.message()).contains("opens when");
            fleet.pass(SETTLE.minusSeconds(1));
            Fleet.Ship rolledBack = fleet.sails(before());
            fleet.pass(Duration.ofSeconds(5));
            young.works();
            assertThat(young.message()).contains("1 of 2 instances still runs");
            rolledBack.close();
            fleet.pass(SETTLE.plusSeconds(1));
            young.works();
            fleet.pass(SETTLE.minusSeconds(1));
            young.works();
            assertThat(young.message()).as("the time begins anew").contains("opens when");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void theFirstBuildThatWasEverSeenWaitsToBeTold(TestDatabase database) {
        try (Fleet fleet = new Fleet(database)) {
            Fleet.Ship first = fleet.sails(release());
            fleet.pass(Duration.ofHours(1));
            first.registry.beat();
            first.works();
            assertThat(first.message())
                    .isEqualTo("2: waits for confirmation: the first build ever seen in this database is running, and"
                            + " instances without this library, which do not register, may still run; once none does,"
                            + " set MODE=after, or call assumeNoOlderInstances() on the builder");
            first.registry.dispatch(Mode.AFTER);
            first.works();
            assertThat(first.status(2).state()).isEqualTo(State.DONE);
            assertThat(fleet.said("gate opened")).isEqualTo("MODE=after");
        }
    }

    @Test
    void theSecondBuildOpensItsGatesByItselfOnceTheFirstIsGone() {
        try (Fleet fleet = new Fleet(TestDatabase.H2)) {
            Fleet.Ship first = fleet.sails(release());
            Fleet.Ship second = fleet.sails(release().data(3, run -> {}));
            fleet.pass(SETTLE);
            second.works();
            assertThat(second.message()).contains("waits for confirmation");
            first.close();
            fleet.pass(SETTLE.plusSeconds(1));
            second.works();
            fleet.pass(SETTLE);
            second.works();
            assertThat(second.outcome()).isEqualTo(Outcome.DONE);
        }
    }

    @Test
    void theFirstBuildOpensWhenNoOlderInstancesAreAssumed() {
        try (Fleet fleet = new Fleet(TestDatabase.H2)) {
            Fleet.Ship first = fleet.sails(release(), RegistryBuilder::assumeNoOlderInstances);
            fleet.pass(SETTLE);
            first.works();
            assertThat(first.outcome()).isEqualTo(Outcome.DONE);
        }
    }

    @Test
    void aGateOfOnesOwnAnswersForTheFirstBuildToo() {
        AtomicInteger asked = new AtomicInteger();
        boolean[] complete = {false};
        try (Fleet fleet = new Fleet(TestDatabase.H2)) {
            Fleet.Ship first = fleet.sails(
                    release(),
                    builder -> builder.gate(run -> {
                        asked.incrementAndGet();
                        assertThat(run.migration().version()).isEqualTo(2);
                        return complete[0] ? GateAnswer.open() : GateAnswer.notYet("the deployment goes on");
                    }));
            assertThat(first.message()).isEqualTo("2: the deployment goes on");
            assertThat(asked).as("not at each poll").hasValue(1);
            complete[0] = true;
            fleet.pass(SETTLE);
            first.works();
            assertThat(first.message()).contains("opens when");
            fleet.pass(SETTLE);
            first.works();
            assertThat(first.outcome()).isEqualTo(Outcome.DONE);
        }
    }

    @Test
    void aGateThatFailsMeansNotYet() {
        try (Fleet fleet = new Fleet(TestDatabase.H2)) {
            Fleet.Ship first = fleet.sails(
                    release(),
                    builder -> builder.gate(run -> {
                        throw new IllegalStateException("no answer from the cluster");
                    }));
            assertThat(first.message())
                    .isEqualTo("2: waits for a gate that fails: java.lang.IllegalStateException: no answer from the"
                            + " cluster");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aMinimumTimeIsThatOfTheDatabasesClock(TestDatabase database) {
        try (Fleet fleet = new Fleet(database)) {
            Fleet.Ship first =
                    fleet.sails(release(), builder -> builder.gate(Gates.minimumTime(Duration.ofMinutes(90))));
            assertThat(first.message()).isEqualTo("2: waits for 1h 30m from its registration");
            fleet.pass(Duration.ofMinutes(89));
            first.registry.beat();
            first.works();
            assertThat(first.message()).contains("waits for 1h 30m");
            fleet.pass(Duration.ofMinutes(1));
            first.works();
            fleet.pass(SETTLE);
            first.works();
            assertThat(first.outcome()).isEqualTo(Outcome.DONE);
        }
        assertThatThrownBy(() -> Gates.minimumTime(Duration.ZERO))
                .hasMessageContaining("minimumTime must be more than zero");
    }

    @Test
    void whereTheModeDecidesNoGateIsAsked() {
        AtomicInteger asked = new AtomicInteger();
        try (Fleet fleet = new Fleet(TestDatabase.H2)) {
            fleet.sails(before());
            Fleet.Ship told = fleet.sails(
                    release(),
                    builder -> builder.mode(Mode.BEFORE).gate(run -> {
                        asked.incrementAndGet();
                        return GateAnswer.open();
                    }));
            fleet.pass(SETTLE);
            told.works();
            assertThat(told.message()).isEqualTo("2: MODE=before leaves it for later");
            assertThat(told.status(2).waitsFor()).isEqualTo("MODE=before leaves it for later");
            told.registry.dispatch(Mode.AFTER);
            told.works();
            assertThat(told.status(2).state()).isEqualTo(State.DONE);
            assertThat(asked).hasValue(0);
        }
    }

    @Test
    void whatAModeHasOpenedIsNotClosedByAnInstanceThatAsksTheGate() {
        try (Fleet fleet = new Fleet(TestDatabase.H2)) {
            fleet.sails(before());
            Fleet.Ship gated = fleet.sails(release());
            Fleet.Ship told = fleet.ship(release(), fleet.fresh().dataSource(), builder -> builder.mode(Mode.AFTER))
                    .dispatch();
            told.worker.step();
            assertThat(fleet.told(2)).endsWith("gate opened");
            gated.works();
            assertThat(gated.status(2).state()).isEqualTo(State.DONE);
            assertThat(fleet.told(2)).doesNotContain("gate closed");
        }
    }

    @Test
    void whatWaitsForItsGateHoldsUpOnlyWhatNamesIt() {
        try (Fleet fleet = new Fleet(TestDatabase.H2)) {
            fleet.sails(before());
            TestCatalog build = release().data(3, run -> {});
            Fleet.Ship young = fleet.sails(build);
            assertThat(young.status(3).state()).isEqualTo(State.DONE);
        }
    }

    @Test
    void aLaterVersionOfAnOlderBuildDoesNotWaitForWhatWaitsForThatBuild() {
        try (Fleet fleet = new Fleet(TestDatabase.H2)) {
            fleet.sails(before());
            fleet.sails(release());
            Fleet.Ship hotFix = fleet.sails(before().data(3, run -> {}));
            assertThat(hotFix.outcome()).isEqualTo(Outcome.DONE);
            assertThat(hotFix.status(2).state()).isEqualTo(State.CREATED);
        }
    }

    @Test
    void aBuildThatHasDroppedTheMigrationKnowsIt() {
        try (Fleet fleet = new Fleet(TestDatabase.H2)) {
            fleet.sails(before()).close();
            fleet.pass(SETTLE.plusSeconds(1));
            Fleet.Ship young = fleet.sails(release());
            fleet.sails(before().retired(2));
            fleet.pass(SETTLE);
            young.works();
            assertThat(young.status(2).state()).isEqualTo(State.DONE);
        }
    }

    @Test
    void whatAnOperatorForcesOpenBeginsBesideAnOlderInstance() {
        try (Fleet fleet = new Fleet(TestDatabase.H2)) {
            fleet.sails(before());
            Fleet.Ship young = fleet.sails(release());
            Orders ana = Operator.of(fleet.fresh().dataSource()).as("ana");
            assertThat(ana.openGate(2, "all is deployed", false).given()).isFalse();
            assertThat(ana.openGate(2, "the old one is a batch job", true).given())
                    .isTrue();
            young.works();
            assertThat(young.status(2).state()).isEqualTo(State.DONE);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anOlderInstanceThatComesClosesWhatAnOperatorHasOpened(boolean forced) {
        try (Fleet fleet = new Fleet(TestDatabase.H2)) {
            Fleet.Ship young = fleet.sails(release());
            Operator operator = Operator.of(fleet.fresh().dataSource());
            assertThat(operator.as("ana").openGate(2, "all is deployed", forced).given())
                    .isTrue();
            fleet.sails(before());
            young.works();
            assertThat(young.status(2).state()).isEqualTo(State.CREATED);
            assertThat(operator.status().of(2).now().gateOpenedAt()).isNull();
        }
    }
}
