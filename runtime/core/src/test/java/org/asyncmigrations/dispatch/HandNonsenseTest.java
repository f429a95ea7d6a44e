package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Nonsense that somebody writes into a column of the state tables is harmless, or it is reported: what, where, and what to do. */
class HandNonsenseTest {
    private static final Map<Integer, Integer> EACH_ONCE = Map.of(1, 50);

    /** Columns of a migration's row that are for people only, or that the next step overwrites. */
    static Stream<Arguments> harmless() {
        return Stream.of(TestDatabase.values())
                .flatMap(database -> Stream.of(
                                new Object[] {"name", "nonsense"},
                                new Object[] {"phase", "nonsense"},
                                new Object[] {"direction", "nonsense"},
                                new Object[] {"attempts", -7},
                                new Object[] {"rows_done", -1L},
                                new Object[] {"rows_estimated", -1L},
                                new Object[] {"keys_walked", -1L},
                                new Object[] {"keys_before", -1L},
                                new Object[] {"token", -3L},
                                new Object[] {"batch_size", -5L},
                                new Object[] {"batch_size", Long.MAX_VALUE},
                                new Object[] {"range_ends", "nonsense"},
                                new Object[] {"range_ends", "99:1"},
                                new Object[] {"found_keys", "nonsense"},
                                new Object[] {"pass", -3},
                                new Object[] {"pass_found", -3L},
                                new Object[] {"fingerprint", "nonsense"},
                                new Object[] {"fingerprint_build", "nonsense"},
                                new Object[] {"walk_key", "nonsense"},
                                new Object[] {"owner", "somebody"},
                                new Object[] {"error", "nonsense"},
                                new Object[] {"run_id", "nonsense"})
                        .map(edit -> Arguments.of(database, edit[0], edit[1])));
    }

    @ParameterizedTest
    @MethodSource("harmless")
    void whatNothingDependsOnDoesNoHarm(TestDatabase database, String column, Object nonsense) {
        try (HandBench bench = HandBench.thatVerifies(database)) {
            bench.inBatch(2, () -> bench.edit(column, nonsense));
            assertThat(bench.run()).as(bench::said).isEqualTo(Outcome.DONE);
            assertThat(bench.changes()).isEqualTo(EACH_ONCE);
        }
    }

    static Stream<Arguments> harmlessInRanges() {
        return Stream.of(TestDatabase.values())
                .flatMap(database -> Stream.of(
                                new Object[] {"owner", "somebody"},
                                new Object[] {"owner", null},
                                new Object[] {"claimed_until", null},
                                new Object[] {"token", -3L},
                                new Object[] {"attempts", -7},
                                new Object[] {"beats", -7L},
                                new Object[] {"rows_found", 0L},
                                new Object[] {"run_id", "nonsense"})
                        .map(edit -> Arguments.of(database, edit[0], edit[1])));
    }

    @ParameterizedTest
    @MethodSource("harmlessInRanges")
    void theSameInARange(TestDatabase database, String column, Object nonsense) {
        try (HandBench bench = HandBench.thatVerifies(database)) {
            bench.inBatch(2, () -> bench.editRanges(column, nonsense));
            assertThat(bench.run()).as(bench::said).isEqualTo(Outcome.DONE);
            assertThat(bench.changes()).isEqualTo(EACH_ONCE);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aCursorThatIsNoKeyIsSaidAndWrittenBackGoesOn(TestDatabase database) {
        try (HandBench bench = HandBench.ofEachRow(database)) {
            Object[] cursor = stoppedInTheMiddle(bench);
            bench.editRanges("cursor", "nonsense");
            bench.migration().retry();
            assertThat(bench.run()).isEqualTo(Outcome.FAILED);
            assertThat(bench.said())
                    .contains("range 1 of migration 1", "cursor nonsense", "changed by hand", "Restore", "retry()");
            bench.editRanges("cursor", cursor[0]);
            bench.migration().retry();
            assertThat(bench.run()).isEqualTo(Outcome.DONE);
            assertThat(bench.changes()).isEqualTo(EACH_ONCE);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aCursorThatIsGoneIsSaid(TestDatabase database) {
        try (HandBench bench = HandBench.ofEachRow(database)) {
            stoppedInTheMiddle(bench);
            bench.editRanges("cursor", null);
            bench.migration().retry();
            assertThat(bench.run()).isEqualTo(Outcome.FAILED);
            assertThat(bench.said()).contains("range 1 of migration 1", "has no cursor");
            assertThat(bench.changes()).isEqualTo(Map.of(0, 38, 1, 12));
        }
    }

    /** Its second batch is rolled back. {@return the range's cursor} */
    private static Object[] stoppedInTheMiddle(HandBench bench) {
        bench.inBatch(2, () -> bench.edit("state", "failed"));
        assertThat(bench.run()).isEqualTo(Outcome.FAILED);
        var ranges = TestTables.all().ranges();
        return new Object[] {bench.dsl().select(ranges.CURSOR).from(ranges).fetchSingle(ranges.CURSOR)};
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aFrontierThatIsNoKeyIsSaid(TestDatabase database) {
        try (HandBench bench = HandBench.ofTwoRanges(database, false)) {
            bench.inBatch(2, () -> bench.edit("frontier", "nonsense"));
            assertThat(bench.run()).isEqualTo(Outcome.FAILED);
            assertThat(bench.said()).contains("range 2 of migration 1", "from_key nonsense", "changed by hand");
            assertThat(bench.changes()).doesNotContainKey(2);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aFrontierThatIsGoneIsSaidWhereRowsWouldBeChangedTwice(TestDatabase database) {
        try (HandBench bench = HandBench.ofTwoRanges(database, false)) {
            bench.inBatch(2, () -> bench.edit("frontier", null));
            assertThat(bench.run()).isEqualTo(Outcome.FAILED);
            assertThat(bench.said()).contains("its frontier has been removed");
            assertThat(bench.changes()).doesNotContainKey(2);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void anotherRunsNameIsSaidWhereNothingElseTellsWhatIsDone(TestDatabase database) {
        try (HandBench bench = HandBench.ofEachRow(database)) {
            bench.inBatch(2, () -> bench.edit("run_id", "nonsense"));
            assertThat(bench.run()).isEqualTo(Outcome.FAILED);
            assertThat(bench.said()).contains("or changed their column run");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aNumberThatCannotGrowIsSaid(TestDatabase database) {
        try (HandBench bench = HandBench.ofEachRow(database)) {
            bench.edit("state", "pending");
            bench.edit("attempts", Integer.MAX_VALUE);
            assertThat(bench.run()).isEqualTo(Outcome.FAILED);
            assertThat(bench.said()).contains("written by hand", "attempts", "correct it");
            bench.edit("attempts", 0);
            assertThat(bench.run()).isEqualTo(Outcome.DONE);
            assertThat(bench.changes()).isEqualTo(EACH_ONCE);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aPauseByHandHoldsAndIsEndedByResume(TestDatabase database) {
        try (HandBench bench = HandBench.ofEachRow(database)) {
            // MariaDB uses numbers for booleans, and any number except 0 is true.
            Object on = database == TestDatabase.MARIADB ? (Object) 5 : Boolean.TRUE;
            bench.inBatch(2, () -> bench.edit("paused", on));
            assertThat(bench.run()).isEqualTo(Outcome.HELD);
            assertThat(bench.changes()).isEqualTo(Map.of(0, 38, 1, 12));
            assertThat(bench.migration().resume()).isTrue();
            assertThat(bench.run()).isEqualTo(Outcome.DONE);
            assertThat(bench.changes()).isEqualTo(EACH_ONCE);
        }
    }
}
