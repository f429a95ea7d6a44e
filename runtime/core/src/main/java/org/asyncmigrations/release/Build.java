package org.asyncmigrations.release;

import java.util.List;
import java.util.stream.Collectors;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.state.OwnInstance.Known;
import org.asyncmigrations.state.TextHash;

/** A build as its set of migrations: two builds with the same migrations in the same shape are one. */
final class Build {
    private Build() {}

    /** What a build contains, and what it has dropped: of that it knows, and cannot run it. */
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
