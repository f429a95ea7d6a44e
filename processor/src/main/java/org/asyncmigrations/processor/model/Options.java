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
    /** What all names begin with. */
    public static final String PREFIX = "asyncmigrations.";

    /** The name of the option that says where the journal is. */
    public static final String JOURNAL = PREFIX + "journal";

    /** The name of an option that earlier versions appended to the journal with. */
    public static final String RELEASE = PREFIX + "release";

    /** No option at all. */
    public static final Options NONE = new Options(Optional.empty(), Map.of(), List.of());

    public Options {
        bad = new TreeMap<>(bad);
        unknown = unknown.stream().sorted().toList();
    }
}
