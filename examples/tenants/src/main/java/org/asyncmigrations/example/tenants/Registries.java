package org.asyncmigrations.example.tenants;

import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.dispatch.Workers;

/** For an application that serves all tenants: a registry for each, open as long as the application is, on threads that they share. */
final class Registries implements AutoCloseable {
    private final Workers workers = Workers.shared(16);
    private final List<AsyncMigrationRegistry> registries = new ArrayList<>();

    /** Begins a tenant's work, which goes on behind. Its gates open by themselves. */
    Dispatch dispatch(DataSource tenant) {
        AsyncMigrationRegistry registry =
                AsyncMigrationRegistry.builder(tenant).worker(workers.worker()).build();
        registries.add(registry);
        return registry.dispatch();
    }

    /** All are told to end before the first is waited for. */
    @Override
    public void close() {
        registries.forEach(AsyncMigrationRegistry::stopWork);
        registries.forEach(AsyncMigrationRegistry::close);
        workers.close();
    }
}
