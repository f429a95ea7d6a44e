package org.asyncmigrations.example.tenants;

import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.dispatch.Workers;

/** For an application that serves all tenants: a registry for each, open as long as the application, on shared threads. */
final class Registries implements AutoCloseable {
    private final Workers workers = Workers.shared(16);
    private final List<AsyncMigrationRegistry> registries = new ArrayList<>();

    /** Begins a tenant's work, which continues in the background. Its gates open by themselves. */
    Dispatch dispatch(DataSource tenant) {
        AsyncMigrationRegistry registry =
                AsyncMigrationRegistry.builder(tenant).worker(workers.worker()).build();
        registries.add(registry);
        return registry.dispatch();
    }

    /** Tells all registries to stop before it waits for the first. */
    @Override
    public void close() {
        registries.forEach(AsyncMigrationRegistry::stopWork);
        registries.forEach(AsyncMigrationRegistry::close);
        workers.close();
    }
}
