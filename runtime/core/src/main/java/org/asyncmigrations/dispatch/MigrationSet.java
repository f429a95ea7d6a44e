package org.asyncmigrations.dispatch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.RetiredColumn;
import org.asyncmigrations.state.StateTables;
import org.jspecify.annotations.Nullable;

/**
 * All migrations of a registry in the order of versions: its own, those of included registries, and retired ones. Immutable and
 * thread-safe.
 */
final class MigrationSet {
    private final MigrationCatalog<?> catalog;
    private final Map<Long, Place> places = new TreeMap<>();
    private final List<MigrationEntry> entries;
    private volatile @Nullable StateTables tables;

    /** The catalog of an entry, and its index there. A retired migration has no index, since it can't be created. */
    private record Place(MigrationEntry entry, MigrationCatalog<?> catalog, int index) {}

    private MigrationSet(MigrationCatalog<?> catalog) {
        this.catalog = catalog;
        add(catalog);
        // No stream: each start runs this.
        List<MigrationEntry> ordered = new ArrayList<>(places.size());
        for (Place place : places.values()) {
            ordered.add(place.entry());
        }
        this.entries = Collections.unmodifiableList(ordered);
    }

    /**
     * Merges a catalog with the catalogs that it includes.
     *
     * @throws IllegalStateException if two of them have a migration of the same version
     */
    static MigrationSet of(MigrationCatalog<?> catalog) {
        return new MigrationSet(catalog);
    }

    private void add(MigrationCatalog<?> of) {
        List<MigrationEntry> own = of.entries();
        for (int index = 0; index < own.size(); index++) {
            add(new Place(own.get(index), of, index));
        }
        for (MigrationCatalog<?> included : of.included()) {
            add(included);
        }
        for (MigrationEntry retired : of.retired()) {
            // One module may have retired a migration that another one still has.
            places.putIfAbsent(retired.version(), new Place(retired, of, -1));
        }
    }

    /** Adds a migration. If two included registries include the same one, it is added once. */
    private void add(Place place) {
        MigrationEntry entry = place.entry();
        Place other = places.put(entry.version(), place);
        boolean clash = other != null
                && !other.entry().isRetired()
                && !other.entry().name().equals(entry.name());
        if (clash) {
            throw new IllegalStateException("version " + MigrationEntry.written(entry.version()) + " cannot be both "
                    + other.entry().name() + " and " + entry.name()
                    + "; give one of them another version, and compile both modules again");
        }
    }

    /** {@return the entries, in the order of versions} */
    List<MigrationEntry> entries() {
        return entries;
    }

    /** {@return a migration; null if there is none of this version} */
    @Nullable
    MigrationEntry entry(long version) {
        Place place = places.get(version);
        return place == null ? null : place.entry();
    }

    /** {@return how messages name a version, whether or not a migration has it} */
    String named(long version) {
        if (version == 0) {
            return "this instance";
        }
        MigrationEntry entry = entry(Math.abs(version));
        return entry == null
                ? "migration " + MigrationEntry.written(version)
                : version < 0 ? "the sealing of " + entry : entry.toString();
    }

    /** {@return the package of the first migration, which names a registry whose application has no name} */
    String name() {
        String first = entries.isEmpty() ? "" : entries.get(0).name();
        return first.contains(".") ? first.substring(0, first.lastIndexOf('.')) : "async migrations";
    }

    /** {@return the package of the registry, which doesn't depend on its migrations} */
    String packageName() {
        String type = catalog.getClass().getName();
        return type.substring(0, Math.max(0, type.lastIndexOf('.')));
    }

    /** {@return the schema of the state tables, empty for the connection's default} */
    String schema() {
        return catalog.schema();
    }

    /** {@return the prefix of the state tables' names} */
    String prefix() {
        return catalog.prefix();
    }

    /** {@return the generated classes of the state tables} The first request loads jOOQ. */
    StateTables tables() {
        StateTables known = tables;
        if (known == null) {
            // Each statement asks, and a catalog may create them each time.
            known = catalog.tables();
            tables = known;
        }
        return known;
    }

    /**
     * Creates a migration.
     *
     * @throws RetiredMigrationException if its class has been deleted
     * @throws MigrationException if it needs a component that the application's services didn't have when they were compiled
     * @throws Exception what its constructor throws
     */
    Object create(MigrationEntry entry) throws Exception {
        // A sealing walk uses the code of the migration that it seals.
        Place place = places.get(Math.abs(entry.version()));
        if (entry.isRetired() || place == null) {
            throw new RetiredMigrationException(entry);
        }
        try {
            return place.catalog().create(place.index());
        } catch (IncompatibleClassChangeError older) {
            throw new MigrationException(
                    entry.version(),
                    entry
                            + " cannot be created, because the class that implements its services was compiled before"
                            + " they changed: "
                            + older.getMessage() + "; compile that class again",
                    older);
        }
    }

    /** {@return the columns that a migration retires} */
    Collection<RetiredColumn> retiredColumns(MigrationEntry entry) {
        Place place = places.get(entry.version());
        return place == null || entry.isRetired() ? List.of() : place.catalog().retiredColumns(place.index());
    }
}
