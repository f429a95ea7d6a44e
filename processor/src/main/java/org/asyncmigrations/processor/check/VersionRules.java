package org.asyncmigrations.processor.check;

import java.util.List;
import java.util.Map;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.JournalLine;
import org.asyncmigrations.processor.model.Migration;

/** The versions of the migrations of this module. */
final class VersionRules {
    private static final long LEAST_OF_14_DIGITS = 10_000_000_000_000L;

    private VersionRules() {}

    /** Versions are positive: 0 is what somebody forgot to fill in. */
    static void nonPositive(Build build, Findings findings) {
        for (Migration migration : build.versioned()) {
            if (migration.version().value() <= 0) {
                findings.add(
                        Message.NON_POSITIVE_VERSION,
                        migration.version().origin(),
                        migration.version().literal(),
                        migration.simpleName());
            }
        }
    }

    /** A digit that is missing from a timestamp puts the migration thousands of years off its place. */
    static void implausible(Build build, Findings findings) {
        for (Migration migration : build.versioned()) {
            boolean plausible = migration.version().value() <= 0
                    || migration.version().isTimestamp()
                    || migration.version().isCounted();
            if (!plausible) {
                findings.add(
                        Message.IMPLAUSIBLE_TIMESTAMP,
                        migration.version().origin(),
                        migration.version().literal(),
                        migration.simpleName(),
                        place(migration.version().value()));
            }
        }
    }

    private static String place(long version) {
        if (version < LEAST_OF_14_DIGITS) {
            return "before all that have a timestamp";
        }
        return version < 10 * LEAST_OF_14_DIGITS ? "in the order of that number" : "after all that have a timestamp";
    }

    /** Once a build, at the first of the rarer form: it is one slip, or one decision. */
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
                odd.version().origin(),
                odd.version().literal(),
                odd.simpleName(),
                usual.version().literal(),
                usual.simpleName());
    }

    /** A version is a migration's identity. Reported at both places: only the author knows which of them is new. */
    static void duplicates(Build build, Findings findings) {
        Map<Long, List<Migration>> byVersion = build.byVersion();
        build.readableJournal()
                .ifPresent(journal -> journal.lines().stream()
                        .filter(JournalLine::isRetired)
                        .forEach(line -> retired(
                                line, byVersion.getOrDefault(line.version().value(), List.of()), findings)));
        for (List<Migration> same : byVersion.values()) {
            for (Migration migration : same.size() > 1 ? same : List.<Migration>of()) {
                Migration other = same.get(0).equals(migration) ? same.get(1) : same.get(0);
                findings.add(
                        Message.DUPLICATE_VERSION,
                        migration.version().origin(),
                        migration.version().literal(),
                        migration.name(),
                        other.name());
            }
        }
    }

    /** Where the retired one has run, another of its version never will. */
    private static void retired(JournalLine line, List<Migration> same, Findings findings) {
        for (Migration migration : same) {
            if (!migration.name().equals(line.className())) {
                findings.add(
                        Message.RETIRED_VERSION,
                        migration.version().origin(),
                        migration.version().literal(),
                        migration.name(),
                        Quoted.inLine(line.className()),
                        Quoted.of(line.release()));
            }
        }
    }
}
