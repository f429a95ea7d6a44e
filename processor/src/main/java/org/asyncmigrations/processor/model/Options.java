package org.asyncmigrations.processor.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The options {@code -Aasyncmigrations.…} of a compile.
 *
 * @param journal the journal's path, absent if it isn't set or isn't absolute
 * @param bad the unusable values, by the names of their options
 * @param unknown the unknown names, sorted
 */
public record Options(Optional<Path> journal, Map<String, String> bad, List<String> unknown) {
    public static final String PREFIX = "asyncmigrations.";
    public static final String JOURNAL = PREFIX + "journal";
    /** With this option, earlier versions appended to the journal. */
    public static final String RELEASE = PREFIX + "release";

    public static final Options NONE = new Options(Optional.empty(), Map.of(), List.of());

    public Options {
        bad = new TreeMap<>(bad);
        unknown = unknown.stream().sorted().toList();
    }
}
