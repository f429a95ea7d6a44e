package org.asyncmigrations.dispatch;

import java.util.List;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationRegistry;
import org.asyncmigrations.RetiredColumn;
import org.asyncmigrations.state.StateTables;

/**
 * What the processor has written down of a build: its migrations as data, and how each is made. Implemented by generated
 * code; safe for threads.
 *
 * @param <R> the generated registry
 */
public interface MigrationCatalog<R extends MigrationRegistry> {
    /**
     * The schema of the state tables.
     *
     * @return its name, empty for the connection's own
     */
    String schema();

    /**
     * What the names of the state tables begin with.
     *
     * @return the prefix
     */
    String prefix();

    /**
     * The migrations, in the order of versions.
     *
     * @return the entries; making them makes no migration
     */
    List<MigrationEntry> entries();

    /**
     * The migrations whose classes have been deleted since they were released.
     *
     * @return retired entries, in the order of versions
     */
    default List<MigrationEntry> retired() {
        return List.of();
    }

    /**
     * The catalogs of other modules' registries, whose migrations run among this one's.
     *
     * @return the catalogs
     */
    default List<MigrationCatalog<?>> included() {
        return List.of();
    }

    /**
     * The columns that a migration takes away. Loads jOOQ's table classes: asked when the migration is claimed.
     *
     * @param index its place in {@link #entries()}
     * @return the columns
     */
    default List<RetiredColumn> retiredColumns(int index) {
        return List.of();
    }

    /**
     * Makes a migration, when it is claimed.
     *
     * @param index its place in {@link #entries()}
     * @return a {@link org.asyncmigrations.DataMigration}, a {@link org.asyncmigrations.BatchMigration} or a
     *     {@link org.asyncmigrations.SchemaMigration}
     * @throws Exception what its constructor throws
     */
    Object create(int index) throws Exception;

    /**
     * The generated classes of the state tables. Not asked on the caller's thread of {@code dispatch()}: it loads jOOQ.
     *
     * @return the tables
     */
    StateTables tables();

    /**
     * The registry around a dispatcher.
     *
     * @param dispatcher what does its work
     * @return the generated registry
     */
    R registry(Dispatcher dispatcher);
}
