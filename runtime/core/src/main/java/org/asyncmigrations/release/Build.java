package org.asyncmigrations.release;

import java.util.List;
import java.util.stream.Collectors;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.state.TextHash;

/**
 * A build as its set of migrations: two builds with the same migrations in the same shape are one. Immutable, and so safe
 * for threads.
 *
 * @param hash of all its versions and fingerprints
 * @param versions what it contains, ascending, with commas between
 */
public record Build(String hash, String versions) {
    /**
     * The build of a catalog.
     *
     * @param entries its migrations, in the order of versions
     * @return the build
     */
    public static Build of(List<MigrationEntry> entries) {
        // What was retired this build cannot run: it does not contain it.
        List<MigrationEntry> contained =
                entries.stream().filter(entry -> !entry.isRetired()).toList();
        String content = contained.stream()
                .map(entry -> entry.version() + ":" + entry.fingerprint())
                .collect(Collectors.joining("\n"));
        String versions =
                contained.stream().map(entry -> Long.toString(entry.version())).collect(Collectors.joining(","));
        return new Build(TextHash.of(content), versions);
    }
}
