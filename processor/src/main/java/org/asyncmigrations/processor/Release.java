package org.asyncmigrations.processor;

import java.util.List;
import java.util.Optional;
import org.asyncmigrations.processor.check.Finding;
import org.asyncmigrations.processor.check.Message;
import org.asyncmigrations.processor.journal.JournalAppender;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Journal;
import org.asyncmigrations.processor.model.JournalLine;
import org.asyncmigrations.processor.model.Migration;
import org.asyncmigrations.processor.model.Origin;

/** Writes down what a release adds. Only of a build that nothing is wrong with. */
final class Release {
    private Release() {}

    /**
     * What went wrong with it; mostly there is no release, or nothing new in it, and the file is not touched. The first release
     * makes the file all the same: without it the next compile would ask for it.
     */
    static List<Finding> of(Build build) {
        Optional<String> name = build.options().release();
        Optional<Journal> journal = build.journal();
        // What is missing the compiler says behind the last round only.
        boolean resolved = build.migrations().stream().allMatch(Migration::isResolved);
        return name.isPresent() && journal.isPresent() && resolved
                ? append(build, journal.get(), name.get())
                : List.of();
    }

    private static List<Finding> append(Build build, Journal journal, String name) {
        List<JournalLine> lines = build.unreleased().stream()
                .map(migration -> JournalLine.of(migration, name))
                .toList();
        Optional<String> obstacle =
                lines.isEmpty() && journal.exists() ? Optional.empty() : JournalAppender.append(journal, lines);
        return obstacle
                .map(reason -> Finding.of(Message.UNWRITABLE_JOURNAL, Origin.BUILD, journal.path(), reason))
                .stream()
                .toList();
    }
}
