package org.asyncmigrations.release;

import java.util.List;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.state.InstanceRows.Seen;
import org.jspecify.annotations.Nullable;

/** The instances that keep a gate closed. Stateless and thread-safe. */
public final class OlderInstances {
    private OlderInstances() {}

    /**
     * Which instances still run a build without a migration.
     *
     * @param version the migration
     * @param instances all running instances
     * @return these instances, in a sentence; null for none
     */
    public static @Nullable String without(long version, List<Seen> instances) {
        List<Seen> older = instances.stream()
                .filter(seen -> !seen.known().contains(version))
                .toList();
        if (older.isEmpty()) {
            return null;
        }
        String names = Names.of(named(older), named(instances));
        return older.size() + " of " + instances.size() + (instances.size() == 1 ? " instance" : " instances")
                + " still "
                + (older.size() == 1 ? "runs" : "run") + " a build without "
                + MigrationEntry.written(version) + ": " + names;
    }

    private static List<Names.Named> named(List<Seen> instances) {
        return instances.stream()
                .map(seen -> new Names.Named(seen.name(), seen.host()))
                .toList();
    }
}
