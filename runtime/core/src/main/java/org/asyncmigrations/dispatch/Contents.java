package org.asyncmigrations.dispatch;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.RetiredColumn;

/**
 * All that a registry runs: its own migrations, those of the registries that it includes, and those that have been retired, in
 * the one order of versions. Immutable, and so safe for threads.
 */
final class Contents {
    private final Map<Long, Place> places = new TreeMap<>();

    /** Where an entry comes from; a retired one has no place that anything could be made at. */
    private record Place(MigrationEntry entry, MigrationCatalog<?> catalog, int index) {}

    private Contents() {}

    /**
     * Puts a catalog together with those that it includes.
     *
     * @throws IllegalStateException when two of them have a migration of the same version
     */
    static Contents of(MigrationCatalog<?> catalog) {
        Contents contents = new Contents();
        contents.add(catalog);
        return contents;
    }

    private void add(MigrationCatalog<?> catalog) {
        List<MigrationEntry> entries = catalog.entries();
        for (int index = 0; index < entries.size(); index++) {
            add(new Place(entries.get(index), catalog, index));
        }
        catalog.included().forEach(this::add);
        // What one module has retired another may still have.
        catalog.retired().forEach(entry -> places.putIfAbsent(entry.version(), new Place(entry, catalog, -1)));
    }

    /** What two included registries both include comes twice, and is one. */
    private void add(Place place) {
        MigrationEntry entry = place.entry();
        Place other = places.put(entry.version(), place);
        boolean clash = other != null
                && !other.entry().isRetired()
                && !other.entry().name().equals(entry.name());
        if (clash) {
            throw new IllegalStateException("version " + MigrationEntry.written(entry.version()) + " may not be both "
                    + other.entry().name() + " and " + entry.name()
                    + "; give one of them another version, and compile both modules again");
        }
    }

    /** {@return the entries, in the order of versions} */
    List<MigrationEntry> entries() {
        return places.values().stream().map(Place::entry).toList();
    }

    /**
     * Makes a migration.
     *
     * @throws RetiredMigrationException when its class has been deleted
     * @throws Exception what its constructor throws
     */
    Object create(MigrationEntry entry) throws Exception {
        Place place = places.get(entry.version());
        if (entry.isRetired() || place == null) {
            throw new RetiredMigrationException(entry);
        }
        return place.catalog().create(place.index());
    }

    /** {@return the columns that a migration takes away} */
    Collection<RetiredColumn> retiredColumns(MigrationEntry entry) {
        Place place = places.get(entry.version());
        return place == null || entry.isRetired() ? List.of() : place.catalog().retiredColumns(place.index());
    }
}
