package org.asyncmigrations;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The status of all migrations, as read from the state tables at one moment. Immutable and thread-safe.
 *
 * @param migrations those of this build and those that are only in the table, in the order of versions
 */
public record DispatchStatus(List<MigrationStatus> migrations) {
    /**
     * Copies the list.
     *
     * @param migrations those of this build and those that are only in the table
     */
    public DispatchStatus {
        migrations = List.copyOf(migrations);
    }

    /**
     * One migration's status.
     *
     * @param version its version
     * @return the status, null if neither the build nor the table has this version
     */
    public @Nullable MigrationStatus of(long version) {
        return migrations.stream()
                .filter(status -> status.version() == version)
                .findFirst()
                .orElse(null);
    }

    /** {@return a table for people, one line for each migration} */
    @Override
    public String toString() {
        StringBuilder table = new StringBuilder();
        line(table, "version", "migration", "phase", "state", "rows", "attempts", "note");
        for (MigrationStatus status : migrations) {
            line(
                    table,
                    MigrationEntry.written(status.version()),
                    status.simpleName(),
                    status.phase().name().toLowerCase(Locale.ROOT),
                    status.state().word() + (status.paused() ? ", paused" : ""),
                    String.format(Locale.ROOT, "%,d", status.progress().rowsDone()),
                    Integer.toString(status.attempts()),
                    note(status));
        }
        return table.toString();
    }

    private static String note(MigrationStatus status) {
        String error = status.state() == State.DONE ? null : status.firstError();
        return Stream.of(error, status.waitsFor()).filter(Objects::nonNull).collect(Collectors.joining("; "));
    }

    private static void line(StringBuilder table, Object... cells) {
        table.append(String.format(Locale.ROOT, "%-16s %-28s %-14s %-18s %12s %9s  %s", cells)
                        .stripTrailing())
                .append('\n');
    }
}
