package org.asyncmigrations.processor.check;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Journal;
import org.asyncmigrations.processor.model.JournalLine;
import org.asyncmigrations.processor.model.Migration;

/** Where a released migration has run, its new code will never run. */
final class ReleasedMigrationChanged implements Rule {
    @Override
    public void check(Build build, Findings findings) {
        Map<Long, List<Migration>> byVersion = build.versioned().stream()
                .collect(Collectors.groupingBy(m -> m.version().value()));
        build.readableJournal().ifPresent(journal -> {
            for (JournalLine line : journal.lines()) {
                List<Migration> same = byVersion.getOrDefault(line.version().value(), List.of());
                // Of two with one version nobody knows which was released; that is said already.
                if (same.size() == 1 && !line.isUnchanged(same.get(0))) {
                    add(journal, line, same.get(0), findings);
                }
            }
        });
    }

    private static void add(Journal journal, JournalLine line, Migration migration, Findings findings) {
        boolean samePhase = line.phase() == migration.declaration().phase();
        findings.add(
                samePhase ? Message.RELEASED_CODE_CHANGED : Message.RELEASED_PHASE_CHANGED,
                migration.origin(),
                migration.simpleName(),
                Quoted.of(line.release()),
                Quoted.inLine(journal.path()) + ":" + line.number(),
                Quoted.inLine(line.repaired(migration).text()));
    }
}
