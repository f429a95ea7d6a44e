package org.asyncmigrations.processor.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The options {@code -Aasyncmigrations.…} of a compile.
 *
 * @param journal where the journal is, absent where that is not said or no absolute path
 * @param bad the values that cannot be used
 * @param unknown the names that nobody reads, sorted
 */
public record Options(Optional<Path> journal, List<Bad> bad, List<String> unknown) {
    /** What all names begin with. */
    public static final String PREFIX = "asyncmigrations.";

    /** The name of the option that says where the journal is. */
    public static final String JOURNAL = PREFIX + "journal";

    /** The name of an option that earlier versions appended to the journal with. */
    public static final String RELEASE = PREFIX + "release";

    /** No option at all. */
    public static final Options NONE = new Options(Optional.empty(), List.of(), List.of());

    /** Why a value cannot be used. */
    public enum Fault {
        /** The journal's path is empty, relative or none. */
        PATH,
        /** A release is asked for, which the compiler doesn't make any more. */
        RELEASE
    }

    /**
     * A value that cannot be used.
     *
     * @param fault why
     * @param value what was given
     */
    public record Bad(Fault fault, String value) {}

    /**
     * Copies and sorts the lists.
     *
     * @param journal where the journal is
     * @param bad the values that cannot be used
     * @param unknown the names that nobody reads
     */
    public Options {
        bad = List.copyOf(bad);
        unknown = unknown.stream().sorted().toList();
    }
}
