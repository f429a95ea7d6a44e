package org.asyncmigrations.processor.check;

import java.util.List;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Migration;
import org.asyncmigrations.processor.model.Options;
import org.asyncmigrations.processor.model.Options.Bad;
import org.asyncmigrations.processor.model.Origin;
import org.asyncmigrations.processor.model.RuntimeNames;

/** The options of the build: one that is misspelt or half followed would silently protect nothing. */
final class OptionRules {
    private OptionRules() {}

    static void unknown(Build build, Findings findings) {
        for (String option : build.options().unknown()) {
            findings.add(Message.UNKNOWN_OPTION, Origin.BUILD, option, Options.JOURNAL, Options.RELEASE);
        }
    }

    static void bad(Build build, Findings findings) {
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

    /** Reported once: such a compiler hands out the source of no class. */
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
