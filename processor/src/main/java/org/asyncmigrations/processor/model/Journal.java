package org.asyncmigrations.processor.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The journal: the migrations that have been released.
 *
 * @param lines its lines, sorted by version; unreadable lines are left out
 * @param faults the unreadable places, in the order of the file
 * @param elsewhere the versions whose classes are not in this build, but on its class path
 */
public record Journal(
        Path path, boolean exists, List<JournalLine> lines, List<JournalFault> faults, End end, Set<Long> elsewhere) {
    /**
     * How a file ends, for appending to it.
     *
     * @param open whether its last line has no line end
     * @param lineEnd the line end that it uses
     */
    public record End(long size, boolean open, String lineEnd) {
        public static final End EMPTY = new End(0, false, "\n");
    }

    public Journal {
        lines = List.copyOf(lines);
        faults = List.copyOf(faults);
        elsewhere = Set.copyOf(elsewhere);
    }

    /** {@return a journal without a file} */
    public static Journal missing(Path path) {
        return new Journal(path, false, List.of(), List.of(), End.EMPTY, Set.of());
    }

    /** {@return the same journal, with a class path that has the classes of these versions} */
    public Journal beside(Set<Long> versions) {
        return new Journal(path, exists, lines, faults, end, versions);
    }

    /** {@return whether all of it could be read} */
    public boolean isReadable() {
        return faults.isEmpty();
    }

    /** {@return the line with the highest version} */
    public Optional<JournalLine> newest() {
        return lines.isEmpty() ? Optional.empty() : Optional.of(lines.get(lines.size() - 1));
    }
}
