package org.asyncmigrations.processor.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The journal: the migrations that have been released.
 *
 * @param lines what it says, sorted by version; what could not be read is left out
 * @param faults what could not be read, in the order of the file
 * @param elsewhere the versions whose classes are not in this build but on its class path
 */
public record Journal(
        Path path, boolean exists, List<JournalLine> lines, List<JournalFault> faults, End end, Set<Long> elsewhere) {
    /**
     * How a file ends, for what is appended to it.
     *
     * @param open whether its last line has no end
     * @param lineEnd what its lines end with
     */
    public record End(long size, boolean open, String lineEnd) {
        public static final End EMPTY = new End(0, false, "\n");
    }

    public Journal {
        lines = List.copyOf(lines);
        faults = List.copyOf(faults);
        elsewhere = Set.copyOf(elsewhere);
    }

    /** {@return a journal without a file, that nothing has been written to} */
    public static Journal missing(Path path) {
        return new Journal(path, false, List.of(), List.of(), End.EMPTY, Set.of());
    }

    /** {@return the same journal, beside a class path with the classes of these versions} */
    public Journal beside(Set<Long> versions) {
        return new Journal(path, exists, lines, faults, end, versions);
    }

    /** {@return whether all of it could be read} */
    public boolean isReadable() {
        return faults.isEmpty();
    }

    /** {@return the line of the greatest version} */
    public Optional<JournalLine> newest() {
        return lines.isEmpty() ? Optional.empty() : Optional.of(lines.get(lines.size() - 1));
    }
}
