package org.asyncmigrations.processor.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The options {@code -Aasyncmigrations.…} of a compile.
 *
 * @param journal where the journal is, absent where that is not said or no absolute path
 * @param bad the values that cannot be used, by the names of their options
 * @param unknown the names that nobody reads, sorted
 */
public record Options(Optional<Path> journal, Map<String, String> bad, List<String> unknown) {
    public static final String PREFIX = "asyncmigrations.";
    public static final String JOURNAL = PREFIX + "journal";
    /** Earlier versions appended to the journal with it. */
    public static final String RELEASE = PREFIX + "release";

    public static final Options NONE = new Options(Optional.empty(), Map.of(), List.of());

    public Options {
        bad = new TreeMap<>(bad);
        unknown = unknown.stream().sorted().toList();
    }
}
