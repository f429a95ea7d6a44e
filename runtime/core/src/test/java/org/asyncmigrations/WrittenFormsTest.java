package org.asyncmigrations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.asyncmigrations.MigrationStatus.Progress;
import org.junit.jupiter.api.Test;

/** How migrations are written for people. */
class WrittenFormsTest {
    private static final long VERSION = 20261121_093000L;

    @Test
    void aTimestampIsWrittenAsDateAndTimeAndAnyOtherVersionInDigits() {
        assertThat(MigrationEntry.written(VERSION)).isEqualTo("20261121_093000");
        assertThat(MigrationEntry.written(42)).isEqualTo("42");
        assertThat(MigrationEntry.written(2026112109300L)).isEqualTo("2026112109300");
    }

    @Test
    void anEntryIsWrittenWithItsVersionAndSimpleName() {
        assertThat(MigrationEntry.async(VERSION, "com.shop.BackfillEmail", By.PENDING_ROWS, "-"))
                .hasToString("migration 20261121_093000 (BackfillEmail)");
    }

    @Test
    void anUnknownFingerprintIsTheSameCodeAsAny() {
        MigrationEntry known = MigrationEntry.async(1, "A", By.TRANSACTION, "abc");
        assertThat(known.isSameCode("abc")).isTrue();
        assertThat(known.isSameCode("abd")).isFalse();
        assertThat(known.isSameCode(MigrationEntry.UNKNOWN)).isTrue();
        assertThat(MigrationEntry.async(1, "A", By.TRANSACTION, "-").isSameCode("abc"))
                .isTrue();
    }

    @Test
    void anIndependentEntryStaysSoWhateverElseIsSaidOfIt() {
        MigrationEntry entry = MigrationEntry.async(1, "A", By.TRANSACTION, "-");
        assertThat(entry.independent()).isFalse();
        assertThat(entry.writes()).isEmpty();
        MigrationEntry independent =
                entry.independently().writing("orders").onApproval().describedAs("it");
        assertThat(independent.independent()).isTrue();
        assertThat(independent.writes()).containsExactly("orders");
        assertThat(independent.writing("billing.orders").start()).isEqualTo(Start.ON_APPROVAL);
    }

    @Test
    void aStatusIsATableWithALineAMigration() {
        DispatchStatus status = new DispatchStatus(List.of(
                status(VERSION, State.DONE, false, 1_234_567, "old error", null),
                status(VERSION + 1, State.FAILED, false, 0, "broken\n  at line 2", null),
                status(VERSION + 2, State.PENDING, true, 0, null, "paused")));
        assertThat(status.toString().lines())
                .containsExactly(
                        "version          migration                    phase          state                      rows  attempts  note",
                        "20261121_093000  Backfill                     async          done                  1,234,567         2",
                        "20261121_093001  Backfill                     async          failed                        0         2  broken",
                        "20261121_093002  Backfill                     async          pending, paused               0         2  paused");
    }

    @Test
    void whateverAHandHasWrittenIsShown() {
        assertThat(MigrationEntry.written(Long.MIN_VALUE)).isEqualTo("sealing of 9223372036854775808");
        assertThat(new Progress(0, -5, 10, null, null).share()).isZero();
    }

    @Test
    void aStatusIsFoundByItsVersion() {
        MigrationStatus one = status(VERSION, State.DONE, false, 0, null, null);
        DispatchStatus status = new DispatchStatus(List.of(one));
        assertThat(status.of(VERSION)).isEqualTo(one);
        assertThat(status.of(7)).isNull();
    }

    private static MigrationStatus status(
            long version, State state, boolean paused, long rows, String error, String waitsFor) {
        Progress progress = new Progress(rows, 0, 0, null, null);
        return new MigrationStatus(
                version, "com.shop.Backfill", Phase.ASYNC, state, paused, 2, progress, error, waitsFor);
    }
}
