package org.asyncmigrations.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.asyncmigrations.DispatchStatus;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.Phase;
import org.asyncmigrations.RangeStatus;
import org.asyncmigrations.State;
import org.jspecify.annotations.Nullable;

/**
 * The status as a table.
 *
 * @param width the screen's width in columns
 * @param hasBars whether to draw progress bars
 * @param showsDone whether to list done migrations
 */
record StatusTable(int width, boolean hasBars, boolean showsDone) {
    /** The width of a bar: a step of 10 % is visible, and a narrow screen has room for the rest. */
    private static final int BAR = 10;

    private static final int MOST_OWNERS = 3;

    /** {@return the table, and a line with counts} */
    String text(DispatchStatus status) {
        List<MigrationStatus> shown = status.migrations().stream()
                .filter(migration -> showsDone || migration.state() != State.DONE)
                .toList();
        String counts = counts(status.migrations());
        return shown.isEmpty() ? counts : table(shown).text(width) + "\n\n" + counts;
    }

    private Table table(List<MigrationStatus> shown) {
        Table table = hasBars
                ? new Table("version", "migration", "phase", "state", "rows", "walked", "")
                : new Table("version", "migration", "phase", "state", "rows", "walked");
        for (MigrationStatus migration : shown) {
            String[] cells = {
                MigrationEntry.written(migration.version()),
                migration.simpleName(),
                phase(migration.phase()),
                state(migration),
                String.format(Locale.ROOT, "%,d", migration.progress().rowsDone()),
                share(migration),
                bar(migration)
            };
            table.row(hasBars ? cells : Arrays.copyOf(cells, cells.length - 1));
            notes(migration, table);
        }
        return table;
    }

    static String phase(@Nullable Phase phase) {
        return phase == null ? "" : phase == Phase.AFTER_RELEASE ? "after" : "async";
    }

    static String state(MigrationStatus migration) {
        return migration.state().word() + (migration.paused() ? ", paused" : "");
    }

    /** {@return the share of the table that the walk has passed, empty for unknown} */
    static String share(MigrationStatus migration) {
        boolean isKnown = migration.progress().rowsEstimated() > 0 && migration.state() != State.DONE;
        return isKnown ? (int) (migration.progress().share() * 100) + " %" : "";
    }

    private static String bar(MigrationStatus migration) {
        int filled = (int) (migration.progress().share() * BAR);
        return share(migration).isEmpty() ? "" : "[" + "#".repeat(filled) + "-".repeat(BAR - filled) + "]";
    }

    private static void notes(MigrationStatus migration, Table table) {
        if (migration.state() == State.DONE) {
            return;
        }
        reasons(migration).forEach(table::note);
        String pace = pace(migration.now().pace());
        if (!pace.isEmpty()) {
            table.note(pace);
        }
        List<String> owners = migration.now().owners();
        if (!owners.isEmpty()) {
            String names = owners.stream().limit(MOST_OWNERS).collect(Collectors.joining(", "));
            table.note("worked on by " + names
                    + (owners.size() > MOST_OWNERS ? " and " + (owners.size() - MOST_OWNERS) + " more" : ""));
        }
    }

    /** {@return the migration's speed and time left, empty for unknown} */
    static String pace(MigrationStatus.Pace pace) {
        String left = pace.timeLeft() == null ? "" : Durations.words(pace.timeLeft()) + " left";
        return Stream.of(keysPerSecond(pace.rate()), left, batches(pace.batchSize(), pace.batchTime()))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
    }

    /** {@return the speed of a range, empty for unknown} */
    static String pace(RangeStatus range) {
        return Stream.of(keysPerSecond(range.rate()), batches(range.batchSize(), range.batchTime()))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String keysPerSecond(@Nullable Long rate) {
        return rate == null ? "" : String.format(Locale.ROOT, "%,d keys/s", rate);
    }

    private static String batches(@Nullable Long size, @Nullable Duration time) {
        return size == null || time == null
                ? ""
                : String.format(Locale.ROOT, "batches of %,d keys in %,d ms", size, time.toMillis());
    }

    /** {@return the migration's last error, and why it doesn't go on} */
    static List<String> reasons(MigrationStatus migration) {
        List<String> reasons = new ArrayList<>();
        String error = migration.firstError();
        if (error != null) {
            // After a retry order, it has no attempt yet.
            reasons.add((migration.attempts() > 0 ? "attempt " + migration.attempts() : "last error") + ": "
                    + Calls.asVerbs(error));
        }
        String reason = reason(migration);
        if (reason != null) {
            reasons.add(reason);
        }
        return reasons;
    }

    /** {@return why the migration doesn't go on; for a failed one, the commands that help} */
    static @Nullable String reason(MigrationStatus migration) {
        String version = MigrationEntry.written(migration.version());
        return migration.state() == State.FAILED
                ? "fix the cause, then: async-migrations retry " + version
                        + " --reason …; or leave the migration out: async-migrations skip " + version + " --reason …"
                : migration.waitsFor() == null ? null : Calls.asVerbs(migration.waitsFor());
    }

    /** {@return the number of migrations in each state} */
    static String counts(List<MigrationStatus> migrations) {
        Map<State, Long> counts = migrations.stream()
                .collect(Collectors.groupingBy(MigrationStatus::state, TreeMap::new, Collectors.counting()));
        return migrations.isEmpty()
                ? "no migration is registered"
                : counts.entrySet().stream()
                        .map(count -> count.getValue() + " " + count.getKey().word())
                        .collect(Collectors.joining(", "));
    }
}
