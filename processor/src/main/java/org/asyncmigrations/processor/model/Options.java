package org.asyncmigrations.processor.model;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The options {@code -Aasyncmigrations.…} of a compile.
 *
 * @param journal where the journal is, absent where that is not said or no absolute path
 * @param release the release that is being made, right or wrong, absent where none is
 * @param bad the values that cannot be used
 * @param unknown the names that nobody reads, sorted
 */
public record Options(Optional<Path> journal, Optional<String> release, List<Bad> bad, List<String> unknown) {
    /** What all names begin with. */
    public static final String PREFIX = "asyncmigrations.";

    /** The name of the option that says where the journal is. */
    public static final String JOURNAL = PREFIX + "journal";

    /** The name of the option that says which release is being made. */
    public static final String RELEASE = PREFIX + "release";

    /** No option at all. */
    public static final Options NONE = new Options(Optional.empty(), Optional.empty(), List.of(), List.of());

    /** Why a value cannot be used. */
    public enum Fault {
        /** The journal's path is empty, relative or none. */
        PATH,
        /** The release's name is empty, or has characters that would break its line. */
        NAME,
        /** There is a release, and no journal to write it to. */
        ALONE
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
     * @param release the release that is being made
     * @param bad the values that cannot be used
     * @param unknown the names that nobody reads
     */
    public Options {
        bad = List.copyOf(bad);
        unknown = unknown.stream().sorted(Comparator.naturalOrder()).toList();
    }
}
