package org.asyncmigrations.processor.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.JournalLine;
import org.asyncmigrations.processor.model.Migration;
import org.asyncmigrations.processor.model.Version;

/** Rules about the versions of this module's migrations. */
final class VersionRules {
    private static final long LEAST_OF_14_DIGITS = 10_000_000_000_000L;

    private VersionRules() {}

    /** Versions are positive; 0 is usually a forgotten value. */
    static void nonPositive(Migration migration, Findings findings) {
        if (migration.version().value() <= 0) {
            findings.add(Message.NON_POSITIVE_VERSION, migration.version(), migration.simpleName());
        }
    }

    /** A timestamp with a missing digit is thousands of years away from its place in the order. */
    static void implausible(Migration migration, Findings findings) {
        Version version = migration.version();
        if (version.value() > 0 && !version.isTimestamp() && !version.isCounted()) {
            findings.add(Message.IMPLAUSIBLE_TIMESTAMP, version, migration.simpleName(), place(version.value()));
        }
    }

    private static String place(long version) {
        if (version < LEAST_OF_14_DIGITS) {
            return "before all that have a timestamp";
        }
        return version < 10 * LEAST_OF_14_DIGITS ? "in the order of that number" : "after all that have a timestamp";
    }

    /** Reported once for a build, at the first version of the rarer form, because it is one mistake or one decision. */
    static void mixed(Build build, Findings findings) {
        List<Migration> timestamps = build.versioned().stream()
                .filter(m -> m.version().isTimestamp())
                .toList();
        List<Migration> counted =
                build.versioned().stream().filter(m -> m.version().isCounted()).toList();
        if (timestamps.isEmpty() || counted.isEmpty()) {
            return;
        }
        boolean countedIsRarer = counted.size() <= timestamps.size();
        Migration odd = (countedIsRarer ? counted : timestamps).get(0);
        Migration usual = (countedIsRarer ? timestamps : counted).get(0);
        findings.add(
                Message.MIXED_VERSIONS,
                odd.version(),
                odd.simpleName(),
                usual.version().literal(),
                usual.simpleName());
    }

    /** A version identifies a migration. Reported at both places, because only the author knows which one is new, unless one is in the journal. */
    static void duplicates(Build build, Findings findings) {
        Map<Long, List<Migration>> byVersion = build.byVersion();
        for (JournalLine line : build.releasedLines()) {
            for (Migration migration : byVersion.getOrDefault(line.version().value(), List.of())) {
                // In environments that have run the retired migration, another one with its version would never run.
                if (line.isRetired() && !migration.name().equals(line.className())) {
                    String retired = Quoted.inLine(line.className());
                    String release = Quoted.of(line.release());
                    findings.add(Message.RETIRED_VERSION, migration.version(), migration.name(), retired, release);
                }
            }
        }
        for (List<Migration> same : byVersion.values()) {
            for (Migration migration : same.size() > 1 ? same : List.<Migration>of()) {
                Migration other = same.get(0).equals(migration) ? same.get(1) : same.get(0);
                duplicate(migration, other, build, findings);
            }
        }
    }

    /** The version of a released migration stays. A class that was renamed since then isn't known to be the released one. */
    private static void duplicate(Migration migration, Migration other, Build build, Findings findings) {
        List<String> names = List.of(migration.name(), other.name());
        Optional<JournalLine> released = build.releasedLines().stream()
                .filter(line -> line.version().value() == migration.version().value())
                .filter(line -> !line.isRetired() && names.contains(line.className()))
                .findFirst();
        if (released.isEmpty()) {
            findings.add(Message.DUPLICATE_VERSION, migration.version(), migration.name(), other.name());
            return;
        }
        findings.add(
                Message.DUPLICATE_OF_RELEASED,
                migration.version(),
                migration.name(),
                other.name(),
                released.get().className(),
                Quoted.of(released.get().release()));
    }
}
