package org.asyncmigrations.processor.model;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the build before this one knew, so that a compile of a few files writes what a compile of all would.
 *
 * @param packages the packages annotated {@code @AsyncMigrations}
 * @param migrations the migrations, by the full names of their classes
 */
public record Index(SortedSet<String> packages, SortedMap<String, IndexedMigration> migrations) {
    /** Nothing: a clean build. */
    public static final Index EMPTY = new Index(new TreeSet<>(), new TreeMap<>());

    public Index {
        packages = new TreeSet<>(packages);
        migrations = new TreeMap<>(migrations);
    }

    /** {@return what the next build shall know of this one} */
    public static Index of(Build build) {
        SortedSet<String> packages = new TreeSet<>();
        if (build.registryPackage().annotated()) {
            build.registryPackage().candidates().forEach(candidate -> packages.add(candidate.packageName()));
        }
        SortedMap<String, IndexedMigration> migrations = new TreeMap<>();
        build.migrations().forEach(migration -> migrations.put(migration.name(), IndexedMigration.of(migration)));
        return new Index(packages, migrations);
    }

    /**
     * Gives back to a migration that this compile has not been told to compile what its class file has lost. It stays unchanged if
     * its source could be read, which knows better.
     */
    public Migration restore(Migration migration) {
        IndexedMigration indexed = migrations.get(migration.name());
        boolean hasSource = !migration.fingerprint().equals(RuntimeNames.UNKNOWN_FINGERPRINT);
        return indexed == null || hasSource ? migration : indexed.restore(migration);
    }
}
