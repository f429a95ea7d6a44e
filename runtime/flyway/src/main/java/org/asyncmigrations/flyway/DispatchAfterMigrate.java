package org.asyncmigrations.flyway;

import org.asyncmigrations.MigrationRegistry;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/** Dispatches when Flyway has migrated, even if Flyway had nothing to do. Thread-safe. */
final class DispatchAfterMigrate implements Callback {
    private final MigrationRegistry migrations;

    DispatchAfterMigrate(MigrationRegistry migrations) {
        this.migrations = migrations;
    }

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.AFTER_MIGRATE;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public void handle(Event event, Context context) {
        migrations.dispatch();
    }

    @Override
    public String getCallbackName() {
        return "dispatch of the async migrations";
    }
}
