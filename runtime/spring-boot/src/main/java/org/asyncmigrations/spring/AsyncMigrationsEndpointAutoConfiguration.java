package org.asyncmigrations.spring;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

/** The endpoint, if the application has Actuator and exposes the endpoint. */
@AutoConfiguration(after = AsyncMigrationsAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBean(SpringRegistries.class)
@ConditionalOnAvailableEndpoint(AsyncMigrationsEndpoint.class)
final class AsyncMigrationsEndpointAutoConfiguration {
    @Bean
    static AsyncMigrationsEndpoint asyncMigrationsEndpoint(ApplicationContext context, SpringRegistries registries) {
        return new AsyncMigrationsEndpoint(context, registries);
    }

    @Bean
    static AsyncMigrationsWebExtension asyncMigrationsWebExtension(AsyncMigrationsEndpoint endpoint) {
        return new AsyncMigrationsWebExtension(endpoint);
    }
}
