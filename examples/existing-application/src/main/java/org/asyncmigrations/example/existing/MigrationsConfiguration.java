package org.asyncmigrations.example.existing;

import javax.sql.DataSource;
import org.asyncmigrations.example.existing.migrations.AsyncMigrationRegistry;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

@Configuration(proxyBeanMethods = false)
class MigrationsConfiguration {
    @Bean // Spring closes it, before it closes the pool
    AsyncMigrationRegistry migrations(DataSource dataSource) {
        return AsyncMigrationRegistry.builder(dataSource).application("shop").build();
    }

    @EventListener
    void dispatch(ApplicationReadyEvent ready) {
        ready.getApplicationContext().getBean(AsyncMigrationRegistry.class).dispatch(); // returns at once
    }
}
