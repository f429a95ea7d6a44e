package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** States and rows that somebody edits mean what users of such tables expect. */
class HandEditTest {
    private static final Map<Integer, Integer> EACH_ONCE = Map.of(1, 50);

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aDeletedRowRunsAgain(TestDatabase database) {
        try (HandBench bench = HandBench.ofEachRow(database)) {
            assertThat(bench.run()).isEqualTo(Outcome.DONE);
            bench.deleteRow();
            assertThat(bench.run()).isEqualTo(Outcome.DONE);
            assertThat(bench.changes()).isEqualTo(Map.of(2, 50));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void droppedTablesAreMadeAgainAndAllOfItRunsAgain(TestDatabase database) {
        try (HandBench bench = HandBench.ofEachRow(database)) {
            assertThat(bench.run()).isEqualTo(Outcome.DONE);
            bench.dropTables();
            assertThat(bench.run()).isEqualTo(Outcome.DONE);
            assertThat(bench.changes()).isEqualTo(Map.of(2, 50));
            assertThat(bench.instances()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void oneWhoseRowIsDeletedInTheMiddleBeginsAnewAndItsOldWorkerCommitsNoMore(TestDatabase database) {
        try (HandBench bench = HandBench.ofEachRow(database)) {
            bench.inBatch(2, bench::deleteRow);
            assertThat(bench.run()).isEqualTo(Outcome.DONE);
            assertThat(bench.changes()).isEqualTo(Map.of(1, 38, 2, 12));
            assertThat(bench.ranges()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void doneIsFinalAlsoInTheMiddle(TestDatabase database) {
        try (HandBench bench = HandBench.ofEachRow(database)) {
            bench.inBatch(2, () -> bench.edit("state", "done"));
            assertThat(bench.run()).isEqualTo(Outcome.DONE);
            assertThat(bench.changes()).isEqualTo(Map.of(0, 38, 1, 12));
            assertThat(bench.migration().isDone()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void oneSetToCreatedBeginsAnew(TestDatabase database) {
        try (HandBench bench = HandBench.ofEachRow(database)) {
            assertThat(bench.run()).isEqualTo(Outcome.DONE);
            bench.edit("state", "created");
            assertThat(bench.run()).isEqualTo(Outcome.DONE);
            assertThat(bench.changes()).isEqualTo(Map.of(2, 50));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void oneSetToCreatedInTheMiddleBeginsAnewAndItsOldWorkerCommitsNoMore(TestDatabase database) {
        try (HandBench bench = HandBench.ofEachRow(database)) {
            bench.inBatch(2, () -> bench.edit("state", "created"));
            assertThat(bench.run()).isEqualTo(Outcome.DONE);
            assertThat(bench.changes()).isEqualTo(Map.of(1, 38, 2, 12));
            assertThat(bench.ranges()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void oneSetToPendingLooksForWhatIsPendingNow(TestDatabase database) {
        try (HandBench bench = HandBench.thatVerifies(database)) {
            assertThat(bench.run()).isEqualTo(Outcome.DONE);
            bench.dsl()
                    .update(Customers.CUSTOMERS)
                    .setNull(Customers.EMAIL_LOWER)
                    .where(Customers.ID.lt(10L))
                    .execute();
            // Like after a walk with another pass that found nothing.
            bench.edit("pass", 2);
            bench.edit("state", "pending");
            assertThat(bench.run()).isEqualTo(Outcome.DONE);
            assertThat(bench.changes()).isEqualTo(Map.of(1, 47, 2, 3));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void oneSetToPendingInTheMiddleGoesOnThere(TestDatabase database) {
        try (HandBench bench = HandBench.ofEachRow(database)) {
            bench.inBatch(2, () -> bench.edit("state", "pending"));
            assertThat(bench.run()).isEqualTo(Outcome.DONE);
            assertThat(bench.changes()).isEqualTo(EACH_ONCE);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void oneSetToFailedWaitsForARetryAndGoesOnThere(TestDatabase database) {
        try (HandBench bench = HandBench.ofEachRow(database)) {
            bench.inBatch(2, () -> bench.edit("state", "failed"));
            assertThat(bench.run()).isEqualTo(Outcome.FAILED);
            assertThat(bench.changes()).isEqualTo(Map.of(0, 38, 1, 12));
            assertThat(bench.migration().retry()).isTrue();
            assertThat(bench.run()).isEqualTo(Outcome.DONE);
            assertThat(bench.changes()).isEqualTo(EACH_ONCE);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void oneSetToProcessingRuns(TestDatabase database) {
        try (HandBench bench = HandBench.ofEachRow(database)) {
            bench.edit("state", "processing");
            assertThat(bench.run()).isEqualTo(Outcome.DONE);
            assertThat(bench.changes()).isEqualTo(EACH_ONCE);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aStateThatIsNoneIsSaidAndAnotherOneGoesOn(TestDatabase database) {
        try (HandBench bench = HandBench.ofEachRow(database)) {
            bench.inBatch(2, () -> bench.edit("state", "half done"));
            assertThat(bench.run()).isEqualTo(Outcome.FAILED);
            assertThat(bench.said())
                    .contains("migration 1 (M1) has an unknown state, 'half done'", "to pending to continue it");
            bench.edit("state", "pending");
            assertThat(bench.run()).isEqualTo(Outcome.DONE);
            assertThat(bench.changes()).isEqualTo(EACH_ONCE);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whatADeletedRangeLeavesOutIsFoundByTheVerification(TestDatabase database) {
        try (HandBench bench = HandBench.ofTwoRanges(database, true)) {
            bench.inBatch(2, bench::deleteRanges);
            assertThat(bench.run()).isEqualTo(Outcome.DONE);
            assertThat(bench.changes()).isEqualTo(Map.of(1, 12_000));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whereNothingTellsWhatADeletedRangeLeavesOutThatIsSaid(TestDatabase database) {
        try (HandBench bench = HandBench.ofTwoRanges(database, false)) {
            bench.inBatch(2, bench::deleteRanges);
            assertThat(bench.run()).isEqualTo(Outcome.FAILED);
            assertThat(bench.said())
                    .contains(
                            "1 unfinished range is missing from the ranges table",
                            "set the migration's state to created");
            bench.edit("state", "created");
            assertThat(bench.run()).isEqualTo(Outcome.DONE);
            assertThat(bench.changes()).doesNotContainKey(0);
            assertThat(bench.migration().state()).isEqualTo(State.DONE);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aRangeDeletedWhileAllRestsIsSaidToo(TestDatabase database) {
        try (HandBench bench = HandBench.ofTwoRanges(database, false)) {
            bench.inBatch(2, () -> bench.edit("state", "failed"));
            assertThat(bench.run()).isEqualTo(Outcome.FAILED);
            bench.deleteRanges();
            bench.migration().retry();
            assertThat(bench.run()).isEqualTo(Outcome.FAILED);
            assertThat(bench.said()).contains("1 unfinished range is missing from the ranges table");
        }
    }
}
