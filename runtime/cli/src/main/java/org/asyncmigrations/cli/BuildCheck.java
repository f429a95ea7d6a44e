package org.asyncmigrations.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.asyncmigrations.InstanceStatus;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.Phase;
import org.asyncmigrations.State;
import org.asyncmigrations.operator.Operator;
import org.jspecify.annotations.Nullable;

/**
 * Compares a build with a database, as an instance of that build would see it at its start.
 *
 * @param build the build
 * @param fingerprints the fingerprints that the database knows
 * @param rows the database's migrations
 * @param isAnyLive whether a live instance could finish what is required
 * @param required the migrations that have to be done before the deploy
 * @param isNewDatabase whether retired migrations count as done if they have never run
 */
record BuildCheck(
        Build build,
        Map<Long, String> fingerprints,
        Map<Long, MigrationStatus> rows,
        boolean isAnyLive,
        List<Requirement> required,
        boolean isNewDatabase) {

    static BuildCheck of(Build build, Operator operator, List<Requirement> required, boolean isNewDatabase) {
        Map<Long, String> fingerprints = operator.fingerprints();
        Map<Long, MigrationStatus> rows = new TreeMap<>();
        boolean isAnyLive = false;
        // Without fingerprints, the tables may not exist yet; the first instance to start creates them.
        if (!fingerprints.isEmpty()) {
            operator.status().migrations().forEach(row -> rows.put(row.version(), row));
            isAnyLive = operator.instances().stream().anyMatch(InstanceStatus::live);
        }
        return new BuildCheck(build, fingerprints, rows, isAnyLive, required, isNewDatabase);
    }

    /** {@return the result for each migration, in the order of versions} */
    List<Checked> all() {
        TreeSet<Long> versions = new TreeSet<>(build.lines().keySet());
        versions.addAll(rows.keySet());
        required.forEach(requirement -> {
            if (requirement.version() != null) {
                versions.add(requirement.version());
            }
        });
        return versions.stream().map(this::checked).toList();
    }

    private Checked checked(long version) {
        BuildLine line = build.lines().get(version);
        MigrationStatus row = rows.get(version);
        boolean isOtherCode = line != null
                && !line.isRetired()
                && row != null
                && !line.isSameCode(fingerprints.getOrDefault(version, line.fingerprint()));
        List<String> notes = new ArrayList<>();
        int code;
        if (row == null) {
            code = absent(version, line, notes);
        } else if (line == null
                && row.phase() == Phase.AFTER_RELEASE
                && row.progress().startedAt() != null) {
            notes.add("has begun here, but this build does not contain it: the build is too old for this database");
            code = Exit.FAILED;
        } else if (row.state() == State.DONE) {
            code = done(line, isOtherCode, notes);
        } else if (line != null && line.isRetired()) {
            notes.add("this build no longer has its code: deploy " + line.release()
                    + ", let it finish, and then deploy this build");
            code = notDone(row, notes);
        } else if (isRequired(version, line != null, true)) {
            notes.add("must be done before this build is deployed");
            code = notDone(row, notes);
        } else {
            code = underWay(line, row, isOtherCode, notes);
        }
        return new Checked(version, line, row, isOtherCode, code, notes);
    }

    private int absent(long version, @Nullable BuildLine line, List<String> notes) {
        if (line != null && line.isRetired()) {
            notes.add(
                    isNewDatabase
                            ? "was retired, and counts as done in a new database"
                            : "was retired, and has never run here: deploy " + line.release()
                                    + ", let it finish, and then deploy this build");
            return isNewDatabase ? Exit.DONE : Exit.FAILED;
        }
        boolean isRequired = isRequired(version, line != null, false);
        if (isRequired) {
            notes.add(
                    line == null
                            ? "is neither in this build nor in this database"
                            : "comes with this build, but must be done first");
        }
        return isRequired ? Exit.FAILED : Exit.DONE;
    }

    private static int done(@Nullable BuildLine line, boolean isOtherCode, List<String> notes) {
        if (line == null) {
            notes.add("is not in this build");
        } else if (isOtherCode) {
            notes.add("was done with other code; this build's code never runs");
        }
        return Exit.DONE;
    }

    private boolean isRequired(long version, boolean isInBuild, boolean isRegistered) {
        return required.stream().anyMatch(requirement -> requirement.covers(version, isInBuild, isRegistered));
    }

    /** Checks a migration that has to be done first and isn't. {@return the exit code} */
    private int notDone(MigrationStatus row, List<String> notes) {
        notes.addAll(StatusTable.reasons(row));
        if (row.state() == State.FAILED) {
            return Exit.FAILED;
        }
        boolean isGateClosed = row.phase() == Phase.AFTER_RELEASE
                && row.state() == State.CREATED
                && row.now().gateOpenedAt() == null;
        if (row.paused() || isGateClosed) {
            return Exit.HELD;
        }
        return isAnyLive ? Exit.RUNNING : Exit.CLOSED;
    }

    private static int underWay(
            @Nullable BuildLine line, MigrationStatus row, boolean isOtherCode, List<String> notes) {
        if (line == null) {
            notes.add("is not in this build, which leaves it to instances that have it");
            return Exit.DONE;
        }
        boolean isTriedAnew = isOtherCode && row.state() == State.FAILED;
        if (!isTriedAnew) {
            notes.addAll(StatusTable.reasons(row));
        }
        if (isOtherCode) {
            notes.add(
                    isTriedAnew
                            ? "has failed; this build has other code and will try it"
                            : "continues with this build's code");
        }
        if (row.paused()) {
            return Exit.HELD;
        }
        return row.state() == State.FAILED && !isOtherCode ? Exit.FAILED : Exit.DONE;
    }
}
