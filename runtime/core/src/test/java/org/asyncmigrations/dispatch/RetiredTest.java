package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.Mode;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.dispatch.TroubleBench.Seen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A database that never ran a retired migration needs the release that still has it. Other databases notice nothing. */
class RetiredTest {
    /** The build of release 2.4.0, before its migration was retired. */
    private static TestCatalog before() {
        return new TestCatalog().data(1, run -> {}).data(2, run -> {});
    }

    private static TestCatalog after() {
        return new TestCatalog().data(1, run -> {}).retired(2).data(3, run -> {});
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aDatabaseThatNeverRanItIsSentToTheReleaseThatHasIt(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            Seen seen = TroubleBench.run(fresh.dataSource(), after());
            assertThat(seen.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(seen.message()).contains("migration 2 (test.M2) was retired", "deploy release 2.4.0");
            assertThat(seen.error(2)).contains("deploy release 2.4.0");
            assertThat(seen.of(1).state()).isEqualTo(State.DONE);
            assertThat(seen.of(2).state()).isEqualTo(State.FAILED);
            assertThat(seen.of(3).state()).isEqualTo(State.CREATED);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void passingThroughThatReleaseMendsIt(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            assertThat(TroubleBench.run(fresh.dataSource(), after()).outcome()).isEqualTo(Outcome.FAILED);
            Seen passed = TroubleBench.run(fresh.dataSource(), before());
            assertThat(passed.of(2).state()).isEqualTo(State.DONE);
            assertThat(TroubleBench.run(fresh.dataSource(), after()).outcome()).isEqualTo(Outcome.DONE);
        }
    }

    @Test
    void theReleaseThatHasItRunsItAlsoBesideTheNewerBuild() throws Exception {
        try (Fresh fresh = TestDatabase.H2.fresh();
                Dispatcher newer = after().on(fresh.dataSource()).build()) {
            assertThat(newer.dispatch().await(TroubleBench.LONG)).isEqualTo(Outcome.FAILED);
            assertThat(TroubleBench.run(fresh.dataSource(), before()).of(2).state())
                    .isEqualTo(State.DONE);
        }
    }

    @Test
    void aDatabaseThatRanItNoticesNothing() throws Exception {
        try (Fresh fresh = TestDatabase.H2.fresh()) {
            TroubleBench.run(fresh.dataSource(), before());
            assertThat(TroubleBench.run(fresh.dataSource(), after()).outcome()).isEqualTo(Outcome.DONE);
            try (Dispatcher steady = after().on(fresh.dataSource()).build()) {
                assertThat(steady.dispatch().outcome()).isEqualTo(Outcome.DONE);
            }
        }
    }

    @Test
    void whileAnInstanceThatHasItIsAtWorkItIsLeftToThatOne() throws Exception {
        ManualWorker old = new ManualWorker();
        ManualWorker young = new ManualWorker();
        try (Fresh fresh = TestDatabase.H2.fresh();
                Dispatcher first = before().on(fresh.dataSource()).worker(old).build();
                Dispatcher second = after().on(fresh.dataSource()).worker(young).build()) {
            first.dispatch();
            old.step();
            second.dispatch();
            old.step();
            old.step();
            young.untilIdle();
            assertThat(second.dispatch().message()).isEqualTo("the work continues");
            young.untilIdle();
            assertThat(first.status().of(2).state()).isNotEqualTo(State.FAILED);
            old.untilIdle();
            young.untilIdle();
            assertThat(second.status().of(3).state()).isEqualTo(State.DONE);
        }
    }

    @Test
    void aNewDatabaseIsToldToBeOne() throws Exception {
        try (Fresh fresh = TestDatabase.H2.fresh()) {
            Seen seen = TroubleBench.run(fresh.dataSource(), after(), RegistryBuilder::assumeNewDatabase);
            assertThat(seen.outcome()).isEqualTo(Outcome.DONE);
            assertThat(seen.of(2).state()).isEqualTo(State.DONE);
        }
    }

    @Test
    void aDatabaseWithMigrationsIsNotNewWhateverIsAssumed() throws Exception {
        try (Fresh fresh = TestDatabase.H2.fresh()) {
            TroubleBench.run(fresh.dataSource(), new TestCatalog().data(1, run -> {}));
            Seen seen = TroubleBench.run(fresh.dataSource(), after(), RegistryBuilder::assumeNewDatabase);
            assertThat(seen.of(2).state()).isEqualTo(State.FAILED);
        }
    }

    @Test
    void anOperatorMaySkipIt() throws Exception {
        try (Fresh fresh = TestDatabase.H2.fresh();
                Dispatcher registry = after().on(fresh.dataSource()).build()) {
            assertThat(registry.dispatch().await(TroubleBench.LONG)).isEqualTo(Outcome.FAILED);
            assertThat(registry.migration(2).skip("no old data here")).isTrue();
            assertThat(registry.dispatch(Mode.GATED).await(TroubleBench.LONG)).isEqualTo(Outcome.DONE);
        }
    }
}
