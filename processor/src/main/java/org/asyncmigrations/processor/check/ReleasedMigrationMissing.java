package org.asyncmigrations.processor.check;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Journal;
import org.asyncmigrations.processor.model.JournalLine;
import org.asyncmigrations.processor.model.Migration;
import org.asyncmigrations.processor.model.Origin;

/** An environment that has not run a released migration yet cannot run what is not there. */
final class ReleasedMigrationMissing implements Rule {
    @Override
    public void check(Build build, Findings findings) {
        build.readableJournal().ifPresent(journal -> check(build, journal, findings));
    }

    private static void check(Build build, Journal journal, Findings findings) {
        // Of these the compiler could not read the version, which it says itself.
        Set<String> unversioned = build.migrations().stream()
                .filter(migration -> !migration.version().readable())
                .map(Migration::name)
                .collect(Collectors.toSet());
        Set<Long> inOtherModules = build.modules().versions();
        List<JournalLine> missing = build.gone().stream()
                .filter(line -> !line.isRetired()
                        && !journal.elsewhere().contains(line.version().value())
                        && !inOtherModules.contains(line.version().value())
                        && !unversioned.contains(line.className()))
                .toList();
        String path = Quoted.inLine(journal.path());
        missing.stream().limit(UnreadableJournal.MOST).forEach(line -> add(path, line, findings));
        int more = missing.size() - UnreadableJournal.MOST;
        if (more > 0) {
            findings.add(Message.RELEASED_MIGRATIONS_MISSING, Origin.BUILD, more, path);
        }
    }

    private static void add(String path, JournalLine line, Findings findings) {
        findings.add(
                Message.RELEASED_MIGRATION_MISSING,
                Origin.BUILD,
                path + ":" + line.number(),
                line.version().separated(),
                Quoted.of(line.className()),
                Quoted.of(line.release()),
                Quoted.inLine(line.retired().text()));
    }
}
