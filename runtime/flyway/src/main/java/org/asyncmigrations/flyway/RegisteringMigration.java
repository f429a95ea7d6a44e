package org.asyncmigrations.flyway;

import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationRegistry;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;

/** A migration as Flyway sees it. When Flyway runs it, it is registered as created, in Flyway's transaction. Thread-safe. */
final class RegisteringMigration implements JavaMigration {
    private final MigrationEntry entry;
    private final MigrationRegistry migrations;

    RegisteringMigration(MigrationEntry entry, MigrationRegistry migrations) {
        this.entry = entry;
        this.migrations = migrations;
    }

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion(Long.toString(entry.version()));
    }

    @Override
    public String getDescription() {
        return "async " + entry.simpleName();
    }

    /** Null: the registry has its own fingerprint, which also knows whether a change of the code is intended. */
    @Override
    public @Nullable Integer getChecksum() {
        return null;
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }

    @Override
    public void migrate(Context context) {
        // If the class is gone, databases that ran the migration have it in their history. In a new database, the
        // registry handles it.
        if (!entry.isRetired()) {
            migrations.migration(entry.version()).register(context.getConnection());
        }
    }
}
