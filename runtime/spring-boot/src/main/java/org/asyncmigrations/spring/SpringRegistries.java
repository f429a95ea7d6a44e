package org.asyncmigrations.spring;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import org.asyncmigrations.MigrationRegistry;
import org.asyncmigrations.dispatch.MigrationCatalog;
import org.asyncmigrations.dispatch.RegistryBuilder;
import org.asyncmigrations.operator.Operator;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider;

/**
 * Builds registries with the properties and the customizers, on the application's raw data source. Called by generated code, and
 * by applications that declare a registry's bean themselves. Thread-safe.
 */
public final class SpringRegistries {
    private final RegistrySettings settings;
    private final RawDataSource dataSource;
    private final DataSourcePoolMetadataProvider pools;
    private final Map<MigrationRegistry, Operator> operators = Collections.synchronizedMap(new IdentityHashMap<>());

    SpringRegistries(RegistrySettings settings, RawDataSource dataSource, DataSourcePoolMetadataProvider pools) {
        this.settings = settings;
        this.dataSource = dataSource;
        this.pools = pools;
    }

    /**
     * Builds a registry, without access to the database.
     *
     * @param catalog the generated {@code AsyncMigrationRegistry.catalog(…)}
     * @param <R> the generated registry
     * @return the registry, which must become a bean
     */
    public <R extends MigrationRegistry> R build(MigrationCatalog<R> catalog) {
        RegistryBuilder<R> builder = RegistryBuilder.of(PoolOfOne.guarded(dataSource.find(), pools), catalog);
        settings.apply(builder);
        R registry = builder.build();
        operators.put(registry, builder.operator());
        return registry;
    }

    /** {@return the operator of a registry; null if it wasn't built here} */
    @Nullable
    Operator operator(MigrationRegistry registry) {
        return operators.get(registry);
    }
}
