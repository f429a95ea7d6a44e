package org.asyncmigrations.processor.check;

import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Options;
import org.asyncmigrations.processor.model.Origin;

/** Rules about the options of the build. Without them, a misspelled or incomplete option would silently protect nothing. */
final class OptionRules {
    private OptionRules() {}

    static void unknown(Build build, Findings findings) {
        for (String option : build.options().unknown()) {
            findings.add(Message.UNKNOWN_OPTION, Origin.BUILD, option, Options.JOURNAL);
        }
    }

    static void bad(Build build, Findings findings) {
        build.options()
                .bad()
                .forEach((name, value) -> findings.add(
                        name.equals(Options.JOURNAL) ? Message.JOURNAL_NOT_ABSOLUTE : Message.RELEASE_OPTION,
                        Origin.BUILD,
                        Quoted.of(value)));
        build.journal()
                .filter(journal -> !journal.exists())
                .ifPresent(
                        journal -> findings.add(Message.MISSING_JOURNAL, Origin.BUILD, Quoted.inLine(journal.path())));
    }
}
