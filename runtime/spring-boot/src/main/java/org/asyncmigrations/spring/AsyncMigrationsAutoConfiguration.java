package org.asyncmigrations.spring;

import javax.sql.DataSource;
import org.asyncmigrations.DispatchListener;
import org.asyncmigrations.dispatch.Worker;
import org.asyncmigrations.release.Gate;
import org.asyncmigrations.throttle.Throttle;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.metadata.CompositeDataSourcePoolMetadataProvider;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * Registers the registries on the class path as beans and runs them with the application. In a hierarchy of contexts, only one
 * context does so.
 */
@AutoConfiguration(after = DataSourceAutoConfiguration.class)
@ConditionalOnMissingBean(SpringRegistries.class)
@ConditionalOnBooleanProperty(name = "async-migrations.enabled", matchIfMissing = true)
@EnableConfigurationProperties(AsyncMigrationsProperties.class)
@Import(RegistriesSelector.class)
final class AsyncMigrationsAutoConfiguration {
    @Bean
    static SpringRegistries springRegistries(
            AsyncMigrationsProperties properties,
            Environment environment,
            RegistrySettings.Beans asyncMigrationsSettings,
            @AsyncMigrationsDataSource ObjectProvider<DataSource> marked,
            ObjectProvider<DataSource> all,
            ObjectProvider<DataSourcePoolMetadataProvider> pools) {
        return new SpringRegistries(
                new RegistrySettings(properties, environment, asyncMigrationsSettings),
                new RawDataSource(marked, all),
                new CompositeDataSourcePoolMetadataProvider(
                        pools.orderedStream().toList()));
    }

    @Bean
    static RegistrySettings.Beans asyncMigrationsSettings(
            ObjectProvider<Throttle> throttles,
            ObjectProvider<Gate> gates,
            ObjectProvider<DispatchListener> listeners,
            ObjectProvider<Worker> worker,
            ObjectProvider<AsyncMigrationsCustomizer> customizers) {
        return new RegistrySettings.Beans(throttles, gates, listeners, worker, customizers);
    }

    @Bean
    static RegistryBeans asyncMigrationRegistries(ApplicationContext context) {
        return new RegistryBeans(context);
    }

    @Bean
    static RegistryLifecycle asyncMigrationsLifecycle(RegistryBeans beans) {
        return new RegistryLifecycle(beans);
    }

    @Bean
    static DispatchWhenReady asyncMigrationsDispatch(
            RegistryBeans beans, AsyncMigrationsProperties properties, ObjectProvider<JobExit> exit) {
        return new DispatchWhenReady(beans, properties, exit.getIfAvailable(() -> System::exit));
    }
}
