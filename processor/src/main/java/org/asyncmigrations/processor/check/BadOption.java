package org.asyncmigrations.processor.check;

import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Options;
import org.asyncmigrations.processor.model.Origin;

/** An option that cannot be followed must not be followed half: a journal that nobody reads protects nothing. */
final class BadOption implements Rule {
    @Override
    public void check(Build build, Findings findings) {
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
