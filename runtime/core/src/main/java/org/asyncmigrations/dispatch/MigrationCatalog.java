package org.asyncmigrations.dispatch;

import java.util.List;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationRegistry;
import org.asyncmigrations.RetiredColumn;
import org.asyncmigrations.state.StateTables;

/**
 * What the processor has recorded about a build: its migrations as data, and how to create each. Implemented by generated code.
 * Thread-safe.
 *
 * @param <R> the generated registry
 */
public interface MigrationCatalog<R extends MigrationRegistry> {
    /**
     * The schema of the state tables.
     *
     * @return its name, empty for the connection's default
     */
    String schema();

    /**
     * The prefix of the state tables' names.
     *
     * @return the prefix
     */
    String prefix();

    /**
     * The migrations, in the order of versions.
     *
     * @return the entries; this creates no migration
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
     * The catalogs of other modules' registries. Their migrations run together with this registry's.
     *
     * @return the catalogs
     */
    default List<MigrationCatalog<?>> included() {
        return List.of();
    }

    /**
     * The columns that a migration retires. Called when the migration is claimed, since it loads jOOQ's table classes.
     *
     * @param index its index in {@link #entries()}
     * @return the columns
     */
    default List<RetiredColumn> retiredColumns(int index) {
        return List.of();
    }

    /**
     * Creates a migration. Called when it is claimed.
     *
     * @param index its index in {@link #entries()}
     * @return a {@link org.asyncmigrations.DataMigration}, a {@link org.asyncmigrations.BatchMigration} or a {@link
     *     org.asyncmigrations.SchemaMigration}
     * @throws Exception what its constructor throws
     */
    Object create(int index) throws Exception;

    /**
     * The generated classes of the state tables. Not called on the thread that calls {@code dispatch()}, since it loads jOOQ.
     *
     * @return the tables
     */
    StateTables tables();

    /**
     * Wraps a dispatcher in the generated registry.
     *
     * @param dispatcher does the registry's work
     * @return the generated registry
     */
    R registry(Dispatcher dispatcher);
}
