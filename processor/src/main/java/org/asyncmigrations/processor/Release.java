package org.asyncmigrations.processor;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
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
     *
     * @param note where it says how many were written down
     */
    static List<Finding> of(Build build, Consumer<String> note) {
        Optional<String> name = build.options().release();
        Optional<Journal> journal = build.journal();
        // What is missing the compiler says behind the last round only.
        boolean resolved = build.migrations().stream().allMatch(Migration::isResolved);
        return name.isPresent() && journal.isPresent() && resolved
                ? append(build, journal.get(), name.get(), note)
                : List.of();
    }

    private static List<Finding> append(Build build, Journal journal, String name, Consumer<String> note) {
        List<JournalLine> lines = Stream.concat(
                        build.unreleased().stream().map(migration -> JournalLine.of(migration, name)),
                        build.unreleasedElsewhere().entrySet().stream()
                                .map(entry -> JournalLine.of(entry.getKey(), entry.getValue(), name)))
                .sorted(Comparator.comparingLong(line -> line.version().value()))
                .toList();
        Optional<String> obstacle =
                lines.isEmpty() && journal.exists() ? Optional.empty() : JournalAppender.append(journal, lines);
        if (obstacle.isEmpty()) {
            String migrations = lines.size() == 1 ? "1 migration" : lines.size() + " migrations";
            note.accept("journal: " + migrations + " released in " + name);
        }
        return obstacle
                .map(reason -> Finding.of(Message.UNWRITABLE_JOURNAL, Origin.BUILD, journal.path(), reason))
                .stream()
                .toList();
    }
}
