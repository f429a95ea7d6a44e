package org.asyncmigrations.processor.model;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the previous build knew, so that a compile of only some files writes the same as a compile of all.
 *
 * @param packages the packages annotated {@code @AsyncMigrations}
 * @param migrations the migrations, by the full names of their classes
 */
public record Index(SortedSet<String> packages, SortedMap<String, IndexedMigration> migrations) {
    /** Empty, as in a clean build. */
    public static final Index EMPTY = new Index(new TreeSet<>(), new TreeMap<>());

    public Index {
        packages = new TreeSet<>(packages);
        migrations = new TreeMap<>(migrations);
    }

    /** {@return what the next build needs to know about this one} */
    public static Index of(Build build) {
        SortedSet<String> packages = new TreeSet<>();
        if (build.registryPackage().annotated()) {
            build.registryPackage().candidates().forEach(candidate -> packages.add(candidate.packageName()));
        }
        SortedMap<String, IndexedMigration> migrations = new TreeMap<>();
        build.migrations().forEach(migration -> migrations.put(migration.name(), IndexedMigration.of(migration)));
        return new Index(packages, migrations);
    }

    /** {@return a migration with what its class file lacks} If its source is compiled, the migration is returned unchanged. */
    public Migration restore(Migration migration) {
        IndexedMigration indexed = migrations.get(migration.name());
        boolean hasSource = !migration.fingerprint().equals(RuntimeNames.UNKNOWN_FINGERPRINT);
        return indexed == null || hasSource ? migration : indexed.restore(migration);
    }
}
