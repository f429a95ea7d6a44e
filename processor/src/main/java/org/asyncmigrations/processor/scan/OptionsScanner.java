package org.asyncmigrations.processor.scan;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.asyncmigrations.processor.model.Options;

/** Reads the options. An option without a value reads as empty. */
final class OptionsScanner {
    private OptionsScanner() {}

    static Options scan(Map<String, String> options) {
        List<String> unknown = new ArrayList<>(names(options));
        Optional<Path> journal =
                Optional.ofNullable(options.get(Options.JOURNAL)).flatMap(OptionsScanner::path);
        Map<String, String> bad = new HashMap<>();
        if (unknown.remove(Options.JOURNAL) && journal.isEmpty()) {
            bad.put(Options.JOURNAL, text(options, Options.JOURNAL));
        }
        if (unknown.remove(Options.RELEASE)) {
            bad.put(Options.RELEASE, text(options, Options.RELEASE));
        }
        return new Options(journal, bad, unknown);
    }

    static List<String> names(Map<String, String> options) {
        return options.keySet().stream()
                .filter(name -> name.startsWith(Options.PREFIX))
                .toList();
    }

    private static String text(Map<String, String> options, String name) {
        String value = options.get(name);
        return value == null ? "" : value;
    }

    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text)).filter(Path::isAbsolute);
        } catch (InvalidPathException e) {
            // Reported like a relative path: the fix is the same.
            return Optional.empty();
        }
    }
}
