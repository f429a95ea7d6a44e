package org.asyncmigrations.flyway;

import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationRegistry;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;

/** A migration as Flyway sees it: what it does is to be written down as created, in Flyway's transaction. Safe for threads. */
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

    /** None: the registry has its own, which knows when a change of the code is wanted. */
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
        // One whose class is gone is in Flyway's history for those who ran it; in a new database the registry deals
        // with it.
        if (!entry.isRetired()) {
            migrations.migration(entry.version()).register(context.getConnection());
        }
    }
}
