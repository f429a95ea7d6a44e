package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.asyncmigrations.By;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.Mode;
import org.asyncmigrations.Phase;
import org.asyncmigrations.State;
import org.asyncmigrations.state.KeyList;
import org.asyncmigrations.state.MigrationRow;
import org.asyncmigrations.state.MigrationRow.Hold;
import org.junit.jupiter.api.Test;

/** The order as a function of the rows. */
class OrderTest {
    private static final MigrationEntry ONE = MigrationEntry.async(1, "a.One", By.TRANSACTION, "f");
    private static final MigrationEntry TWO = MigrationEntry.async(2, "a.Two", By.TRANSACTION, "f");
    private static final MigrationEntry LATER = MigrationEntry.afterRelease(3, "a.Later", By.TRANSACTION, "f");

    private static final MigrationRow.Code CODE = new MigrationRow.Code("f", "b", "r");
    private static final MigrationRow.Walk WALK =
            new MigrationRow.Walk(null, null, false, 1, new KeyList(List.of()), 1, 0, null, 0);

    private final List<MigrationRow> rows = new ArrayList<>();

    @Test
    void whatHasNoRowIsRegisteredFirst() {
        row(2, State.PENDING);
        assertThat(next(Mode.GATED, ONE, TWO)).isEqualTo(new NextAction.Register(List.of(ONE), false));
    }

    @Test
    void theLowestVersionThatIsNotDoneIsNext() {
        row(1, State.DONE);
        MigrationRow row = row(2, State.CREATED);
        assertThat(next(Mode.GATED, ONE, TWO)).isEqualTo(new NextAction.Ready(TWO, row));
    }

    @Test
    void aPendingOneRuns() {
        MigrationRow row = row(1, State.PENDING);
        row(2, State.CREATED);
        assertThat(next(Mode.GATED, ONE, TWO)).isEqualTo(new NextAction.Run(ONE, row));
    }

    @Test
    void oneThatBacksOffHoldsUpWhatFollows() {
        rows.add(row(1, State.PENDING, false, false, "f"));
        row(2, State.PENDING);
        assertThat(next(Mode.GATED, ONE, TWO)).isEqualTo(new NextAction.BackOff(ONE));
    }

    @Test
    void aFailedOneStopsAllThatFollow() {
        MigrationRow failed = row(1, State.FAILED);
        row(2, State.CREATED);
        assertThat(next(Mode.GATED, ONE, TWO)).isEqualTo(new NextAction.Failed(ONE, failed, List.of(TWO)));
    }

    @Test
    void aFailedOneWithOtherCodeIsLookedAtAgain() {
        MigrationRow row = row(1, State.FAILED, false, true, "other");
        rows.add(row);
        assertThat(next(Mode.GATED, ONE)).isEqualTo(new NextAction.OtherCode(ONE, row));
    }

    @Test
    void aPausedOneHoldsUpWhatFollows() {
        rows.add(row(1, State.PENDING, true, true, "f"));
        row(2, State.CREATED);
        assertThat(((NextAction.Settled) next(Mode.GATED, ONE, TWO)).message()).contains("One) is paused");
    }

    @Test
    void anAfterReleaseOneWaitsAndHoldsUpOnlyWhatNamesIt() {
        MigrationEntry free = MigrationEntry.async(4, "a.Free", By.TRANSACTION, "f");
        MigrationEntry bound =
                MigrationEntry.async(5, "a.Bound", By.TRANSACTION, "f").after(3L);
        row(3, State.CREATED);
        MigrationRow row = row(4, State.CREATED);
        row(5, State.CREATED);
        assertThat(next(Mode.GATED, LATER, free, bound)).isEqualTo(new NextAction.Ready(free, row));
        rows.set(1, row(4, State.DONE, false, true, "f"));
        assertThat(next(Mode.BEFORE, LATER, free, bound)).isEqualTo(new NextAction.Held(List.of(LATER, bound)));
        assertThat(next(Mode.GATED, LATER, free, bound)).isEqualTo(new NextAction.Held(List.of(LATER, bound)));
    }

    @Test
    void anAfterReleaseOneIsOpenedInItsTurnWhenToldTo() {
        MigrationRow first = row(1, State.CREATED);
        MigrationRow row = row(3, State.CREATED);
        assertThat(next(Mode.AFTER, ONE, LATER)).isEqualTo(new NextAction.Ready(ONE, first));
        rows.set(0, row(1, State.DONE, false, true, "f"));
        assertThat(next(Mode.AFTER, ONE, LATER)).isEqualTo(new NextAction.Open(LATER, row));
    }

    @Test
    void whatItDependsOnIsSealedBeforeItBeginsAlsoWhenItIsPendingAlready() {
        MigrationEntry rows1 = MigrationEntry.async(1, "a.One", By.PENDING_ROWS, "f");
        MigrationEntry behind = LATER.after(2L);
        MigrationRow one = row(1, State.DONE);
        row(2, State.DONE);
        for (State state : List.of(State.CREATED, State.PENDING)) {
            MigrationRow open = opened(3, state, List.of());
            rows.add(open);
            assertThat(next(Mode.GATED, rows1, TWO.after(1L), behind))
                    .isEqualTo(new NextAction.Seal(behind, open, rows1, one, null));
            rows.remove(open);
        }
        MigrationRow sealed = opened(3, State.CREATED, List.of(1L));
        rows.add(sealed);
        assertThat(next(Mode.GATED, rows1, TWO.after(1L), behind)).isEqualTo(new NextAction.Ready(behind, sealed));
    }

    @Test
    void anAfterReleaseOneThatThisBuildDoesNotKnowIsInTheWayOnceItHasBegun() {
        rows.add(of(3, Phase.AFTER_RELEASE, State.CREATED, new MigrationRow.Gate(null, false, List.of())));
        MigrationEntry four = MigrationEntry.async(4, "a.Four", By.TRANSACTION, "f");
        MigrationRow row = row(4, State.CREATED);
        assertThat(next(version -> true, four)).isEqualTo(new NextAction.Ready(four, row));
        rows.set(0, of(3, Phase.AFTER_RELEASE, State.PROCESSING, new MigrationRow.Gate(null, true, List.of())));
        assertThat(next(version -> true, four)).isInstanceOf(NextAction.Wait.class);
    }

    @Test
    void anUnknownUnfinishedVersionIsInTheWayOnlyWhileSomebodyKnowsIt() {
        row(1, State.PENDING);
        MigrationRow row = row(2, State.CREATED);
        assertThat(next(version -> version == 1, TWO)).isInstanceOf(NextAction.Wait.class);
        assertThat(next(version -> false, TWO)).isEqualTo(new NextAction.Ready(TWO, row));
    }

    @Test
    void aRetiredOneIsLeftToWhoeverHasItsCodeAndIsThisBuildsOtherwise() {
        MigrationEntry gone = MigrationEntry.retired(1, "a.Gone", Phase.AFTER_RELEASE, "2.4.0");
        MigrationRow row = row(1, State.PENDING);
        assertThat(next(version -> true, gone)).isInstanceOf(NextAction.Wait.class);
        assertThat(next(Mode.GATED, gone)).isEqualTo(new NextAction.OtherCode(gone, row));
        rows.set(0, row(1, State.CREATED, false, true, MigrationEntry.RETIRED));
        assertThat(next(Mode.GATED, gone)).isEqualTo(new NextAction.Ready(gone, rows.get(0)));
    }

    @Test
    void aStateThatIsNoneOfOursIsSaid() {
        rows.add(row(1, null, false, true, "f"));
        assertThat(((NextAction.Settled) next(Mode.GATED, ONE)).message()).contains("'nonsense'", "set it to created");
    }

    @Test
    void allDoneIsTheEnd() {
        row(1, State.DONE);
        assertThat(next(Mode.GATED, ONE))
                .isEqualTo(new NextAction.Settled(Outcome.DONE, "all migrations are done", true));
    }

    private NextAction next(Mode mode, MigrationEntry... entries) {
        return next(mode, version -> false, entries);
    }

    private NextAction next(LongPredicate isLive, MigrationEntry entry) {
        return next(Mode.GATED, isLive, entry);
    }

    private NextAction next(Mode mode, LongPredicate isLive, MigrationEntry... entries) {
        List<NextAction> all = new Order(List.of(entries)).all(rows, mode, isLive, true);
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private MigrationRow row(long version, State state) {
        MigrationRow row = row(version, state, false, true, "f");
        rows.add(row);
        return row;
    }

    private static MigrationRow opened(long version, State state, List<Long> sealed) {
        return of(version, Phase.AFTER_RELEASE, state, new MigrationRow.Gate(LocalDateTime.MIN, false, sealed));
    }

    private static MigrationRow of(long version, Phase phase, State state, MigrationRow.Gate gate) {
        return new MigrationRow(
                version,
                "a.M",
                phase,
                state,
                state.word(),
                false,
                0,
                true,
                MigrationRow.Beginning.FREE,
                Hold.FREE,
                null,
                0,
                gate,
                CODE,
                WALK,
                false);
    }

    private static MigrationRow row(long version, State state, boolean paused, boolean due, String fingerprint) {
        return new MigrationRow(
                version,
                "a.M",
                Phase.ASYNC,
                state,
                state == null ? "nonsense" : state.word(),
                paused,
                0,
                due,
                MigrationRow.Beginning.FREE,
                Hold.FREE,
                null,
                0,
                new MigrationRow.Gate(null, false, List.of()),
                new MigrationRow.Code(fingerprint, "b", "r"),
                WALK,
                false);
    }
}
