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
 * Builds registries as the properties and the customizers say, over the application's raw data source. Called by generated code,
 * and by applications that declare the bean of a registry themselves. Safe for threads.
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
     * Builds a registry. Asks the database nothing yet.
     *
     * @param catalog the generated {@code AsyncMigrationRegistry.catalog(…)}
     * @param <R> the generated registry
     * @return the registry, which has to be a bean
     */
    public <R extends MigrationRegistry> R build(MigrationCatalog<R> catalog) {
        RegistryBuilder<R> builder = RegistryBuilder.of(PoolOfOne.guarded(dataSource.find(), pools), catalog);
        settings.apply(builder);
        R registry = builder.build();
        operators.put(registry, builder.operator());
        return registry;
    }

    /** {@return what gives orders in somebody's name; null for a registry that was built without this} */
    @Nullable
    Operator operator(MigrationRegistry registry) {
        return operators.get(registry);
    }
}
