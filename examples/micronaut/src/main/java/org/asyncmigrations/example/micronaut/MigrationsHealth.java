package org.asyncmigrations.example.micronaut;

import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.AbstractHealthIndicator;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.stream.Collectors;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.example.micronaut.migrations.AsyncMigrationRegistry;

@Singleton
class MigrationsHealth extends AbstractHealthIndicator<Map<String, String>> {
    private final AsyncMigrationRegistry migrations;

    MigrationsHealth(AsyncMigrationRegistry migrations) {
        this.migrations = migrations;
    }

    @Override
    protected Map<String, String> getHealthInformation() {
        healthStatus = HealthStatus.UP; // the application still works after a migration has failed
        return migrations.status().migrations().stream()
                .collect(Collectors.toMap(
                        MigrationStatus::simpleName, each -> each.state().word()));
    }

    @Override
    protected String getName() {
        return "async-migrations";
    }
}
