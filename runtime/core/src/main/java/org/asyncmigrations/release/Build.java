package org.asyncmigrations.release;

import java.util.List;
import java.util.stream.Collectors;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.state.OwnInstance.Known;
import org.asyncmigrations.state.TextHash;

/** A build as its set of migrations: two builds with the same migrations and fingerprints are the same build. */
final class Build {
    private Build() {}

    /** The migrations that a build contains, and those that it has dropped: it knows these, but can't run them. */
    static Known of(List<MigrationEntry> entries) {
        String content = entries.stream()
                .map(entry -> entry.version() + ":" + entry.fingerprint())
                .collect(Collectors.joining("\n"));
        return new Known(TextHash.of(content), versions(entries, false), versions(entries, true));
    }

    private static List<Long> versions(List<MigrationEntry> entries, boolean retired) {
        return entries.stream()
                .filter(entry -> entry.isRetired() == retired)
                .map(MigrationEntry::version)
                .toList();
    }
}
