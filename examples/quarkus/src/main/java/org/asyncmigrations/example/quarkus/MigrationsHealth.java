package org.asyncmigrations.example.quarkus;

import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.example.quarkus.migrations.AsyncMigrationRegistry;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

@Wellness // neither liveness nor readiness: the application still works after a migration has failed
@ApplicationScoped
class MigrationsHealth implements HealthCheck {
    private final AsyncMigrationRegistry migrations;

    MigrationsHealth(AsyncMigrationRegistry migrations) {
        this.migrations = migrations;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder health =
                HealthCheckResponse.named("async-migrations").up();
        for (MigrationStatus each : migrations.status().migrations()) {
            health.withData(each.simpleName(), each.state().word());
        }
        return health.build();
    }
}
