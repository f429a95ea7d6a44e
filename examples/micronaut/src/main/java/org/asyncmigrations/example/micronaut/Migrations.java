package org.asyncmigrations.example.micronaut;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.event.ShutdownEvent;
import io.micronaut.jdbc.DataSourceResolver;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.inject.Singleton;
import javax.sql.DataSource;
import org.asyncmigrations.example.micronaut.migrations.AsyncMigrationRegistry;

@Factory
class Migrations {
    @Singleton
    AsyncMigrationRegistry registry(DataSource dataSource, DataSourceResolver resolver, TokenVault vault) {
        return AsyncMigrationRegistry.builder(resolver.resolve(dataSource), () -> vault)
                .application("shop")
                .build();
    }

    @Singleton
    record WithTheApplication(AsyncMigrationRegistry migrations) {
        @EventListener
        void dispatch(ServerStartupEvent started) {
            migrations.dispatch(); // returns at once
        }

        @EventListener
        void close(ShutdownEvent stopping) {
            migrations.close(); // waits for the current batch
        }
    }
}
