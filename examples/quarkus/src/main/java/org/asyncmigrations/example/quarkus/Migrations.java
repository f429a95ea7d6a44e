package org.asyncmigrations.example.quarkus;

import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.asyncmigrations.example.quarkus.migrations.AsyncMigrationRegistry;

@ApplicationScoped
class Migrations {
    @Produces
    @Singleton
    AsyncMigrationRegistry registry(AgroalDataSource dataSource, TokenVault vault) {
        return AsyncMigrationRegistry.builder(dataSource, () -> vault)
                .application("shop")
                .build();
    }

    void dispatch(@Observes StartupEvent started, AsyncMigrationRegistry migrations) {
        migrations.dispatch(); // returns at once
    }

    void close(@Observes ShutdownEvent stopping, AsyncMigrationRegistry migrations) {
        migrations.close(); // waits for the current batch
    }
}
