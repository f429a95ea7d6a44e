package org.asyncmigrations.processor.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.JournalLine;
import org.asyncmigrations.processor.model.Migration;

/** A version is a migration's identity. Said at both places: nobody but the author knows which of them is the newcomer. */
final class DuplicateVersion implements Rule {
    @Override
    public void check(Build build, Findings findings) {
        Map<Long, List<Migration>> byVersion = new TreeMap<>();
        build.versioned()
                .forEach(m -> byVersion
                        .computeIfAbsent(m.version().value(), v -> new ArrayList<>())
                        .add(m));
        build.readableJournal()
                .ifPresent(journal -> journal.lines().stream()
                        .filter(JournalLine::isRetired)
                        .forEach(line -> checkRetired(
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
    private static void checkRetired(JournalLine line, List<Migration> same, Findings findings) {
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
