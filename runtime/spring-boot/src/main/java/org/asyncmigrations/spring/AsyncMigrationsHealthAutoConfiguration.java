package org.asyncmigrations.spring;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** The health contributor, if the application has Actuator's health support. */
@AutoConfiguration(after = AsyncMigrationsAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(RegistryBeans.class)
@ConditionalOnEnabledHealthIndicator("asyncmigrations")
final class AsyncMigrationsHealthAutoConfiguration {
    @Bean
    static AsyncMigrationsHealthIndicator asyncMigrationsHealthIndicator(
            RegistryBeans beans, AsyncMigrationsProperties properties) {
        return new AsyncMigrationsHealthIndicator(beans, properties.health().failedStatus());
    }
}
