package org.asyncmigrations.spring;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.asyncmigrations.MigrationRegistry;
import org.asyncmigrations.dispatch.RegistryBuilder;
import org.asyncmigrations.micrometer.MigrationMeters;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** The meters of all registries, if the application has a meter registry. */
@AutoConfiguration(
        after = AsyncMigrationsAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass({MeterRegistry.class, MigrationMeters.class})
@ConditionalOnBean({RegistryBeans.class, MeterRegistry.class})
final class AsyncMigrationsMetricsAutoConfiguration {
    @Bean
    static Meters asyncMigrationsMeters(RegistryBeans beans) {
        return new Meters(beans, new CopyOnWriteArrayList<>());
    }

    /**
     * Adds a listener to each registry that is built, and binds its meters under the name of its bean.
     *
     * @param beans the registries
     * @param made the meters, one for each registry
     */
    record Meters(RegistryBeans beans, List<MigrationMeters> made) implements AsyncMigrationsCustomizer, MeterBinder {
        @Override
        public void customize(RegistryBuilder<?> builder) {
            MigrationMeters meters = new MigrationMeters();
            builder.listener(meters);
            made.add(meters);
        }

        @Override
        public void bindTo(MeterRegistry registry) {
            Map<String, MigrationRegistry> all = beans.all();
            all.forEach((name, migrations) -> made.stream()
                    .filter(meters -> meters.migrations() == migrations)
                    .forEach(meters -> meters.bindTo(registry, name)));
        }
    }
}
