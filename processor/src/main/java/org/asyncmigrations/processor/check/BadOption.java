package org.asyncmigrations.processor.check;

import java.util.List;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Migration;
import org.asyncmigrations.processor.model.Options.Bad;
import org.asyncmigrations.processor.model.Origin;
import org.asyncmigrations.processor.model.RuntimeNames;

/** An option that cannot be followed must not be followed half: a journal that nobody reads protects nothing. */
final class BadOption implements Rule {
    @Override
    public void check(Build build, Findings findings) {
        for (Bad bad : build.options().bad()) {
            findings.add(message(bad), Origin.BUILD, Quoted.of(bad.value()));
        }
        build.journal()
                .filter(journal ->
                        !journal.exists() && build.options().release().isEmpty())
                .ifPresent(
                        journal -> findings.add(Message.MISSING_JOURNAL, Origin.BUILD, Quoted.inLine(journal.path())));
        build.options().release().ifPresent(release -> checkSources(build, release, findings));
    }

    private static Message message(Bad bad) {
        return switch (bad.fault()) {
            case PATH -> Message.JOURNAL_NOT_ABSOLUTE;
            case NAME -> Message.UNFIT_RELEASE;
            case ALONE -> Message.RELEASE_WITHOUT_JOURNAL;
        };
    }

    /** Said once: such a compiler hands out the source of no class. */
    private static void checkSources(Build build, String release, Findings findings) {
        List<Migration> unknown = build.migrations().stream()
                .filter(migration -> migration.fingerprint().equals(RuntimeNames.UNKNOWN_FINGERPRINT))
                .toList();
        if (!unknown.isEmpty()) {
            String name = unknown.get(0).name();
            findings.add(Message.RELEASE_WITHOUT_SOURCE, Origin.BUILD, Quoted.of(release), name);
        }
    }
}
