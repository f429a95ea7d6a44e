package org.asyncmigrations.dispatch;

import javax.sql.DataSource;
import org.asyncmigrations.MigrationRegistry;
import org.jooq.Configuration;

/**
 * Settings of a registry.
 *
 * @param <R> the generated registry
 */
public final class RegistryBuilder<R extends MigrationRegistry> {
    private final MigrationCatalog<R> catalog;

    private RegistryBuilder(MigrationCatalog<R> catalog) {
        this.catalog = catalog;
    }

    /**
     * A builder over a data source.
     *
     * @param dataSource where the data and the state tables are
     * @param catalog the build's migrations
     * @param <R> the generated registry
     * @return the builder
     */
    public static <R extends MigrationRegistry> RegistryBuilder<R> of(
            DataSource dataSource, MigrationCatalog<R> catalog) {
        return new RegistryBuilder<>(catalog);
    }

    /**
     * A builder over a jOOQ configuration.
     *
     * @param configuration whose connections are used
     * @param catalog the build's migrations
     * @param <R> the generated registry
     * @return the builder
     */
    public static <R extends MigrationRegistry> RegistryBuilder<R> of(
            Configuration configuration, MigrationCatalog<R> catalog) {
        return new RegistryBuilder<>(catalog);
    }

    /**
     * Makes the registry.
     *
     * @return the registry
     */
    public R build() {
        return catalog.registry(new Dispatcher());
    }
}
