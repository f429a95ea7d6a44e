package org.asyncmigrations.processor.scan;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.asyncmigrations.processor.model.Options;
import org.asyncmigrations.processor.model.Options.Bad;
import org.asyncmigrations.processor.model.Options.Fault;

/** Reads the options. One without a value reads as an empty one. */
final class OptionsScanner {
    private OptionsScanner() {}

    static Options scan(Map<String, String> options) {
        List<String> unknown = new ArrayList<>(names(options));
        unknown.removeAll(List.of(Options.JOURNAL, Options.RELEASE));
        List<Bad> bad = new ArrayList<>();
        Optional<Path> journal = value(options, Options.JOURNAL).flatMap(text -> path(text, bad));
        value(options, Options.RELEASE).ifPresent(name -> bad.add(new Bad(Fault.RELEASE, name)));
        return new Options(journal, bad, unknown);
    }

    static List<String> names(Map<String, String> options) {
        return options.keySet().stream()
                .filter(name -> name.startsWith(Options.PREFIX))
                .toList();
    }

    private static Optional<String> value(Map<String, String> options, String name) {
        if (!options.containsKey(name)) {
            return Optional.empty();
        }
        String value = options.get(name);
        return Optional.of(value == null ? "" : value);
    }

    private static Optional<Path> path(String text, List<Bad> bad) {
        try {
            Path path = Path.of(text);
            if (path.isAbsolute()) {
                return Optional.of(path);
            }
        } catch (InvalidPathException e) {
            // Said below, as what is relative: the cure is the same.
        }
        bad.add(new Bad(Fault.PATH, text));
        return Optional.empty();
    }
}
