package org.asyncmigrations.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.Phase;
import org.jspecify.annotations.Nullable;

/**
 * What a build and a database know about one migration.
 *
 * @param version the migration's version
 * @param line the build's line, null if the build doesn't have it
 * @param row the database's row, null if the database doesn't have it
 * @param isOtherCode whether their code differs
 * @param code 0, or the exit code of the obstacle to a deploy
 * @param notes what it waits for, or what to do
 */
record Checked(
        long version,
        @Nullable BuildLine line,
        @Nullable MigrationStatus row,
        boolean isOtherCode,
        int code,
        List<String> notes) {
    Checked {
        notes = List.copyOf(notes);
    }

    /** {@return the migration's state in this database, in a word} */
    String here() {
        if (row != null) {
            return StatusTable.state(row);
        }
        return line == null || line.isRetired() ? "missing" : "new";
    }

    /** {@return its class's full name, empty if unknown} */
    String name() {
        return row != null ? row.name() : line == null ? "" : line.name();
    }

    /** {@return its phase, null if unknown} */
    @Nullable
    Phase phase() {
        return row != null ? row.phase() : line == null ? null : line.phase();
    }

    Map<String, @Nullable Object> facts() {
        Phase phase = phase();
        return Json.object(
                "version",
                version,
                "name",
                name(),
                "phase",
                phase == null ? null : phase.name().toLowerCase(Locale.ROOT),
                "state",
                row == null ? null : row.state(),
                "paused",
                row != null && row.paused(),
                "inBuild",
                line != null && !line.isRetired(),
                "retired",
                line != null && line.isRetired(),
                "otherCode",
                isOtherCode,
                "exitCode",
                code,
                "notes",
                notes);
    }
}
