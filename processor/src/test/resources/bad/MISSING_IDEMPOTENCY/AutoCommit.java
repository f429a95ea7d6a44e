package com.acme;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.MigrationRun;

@AsyncMigration(version = 20261121_093002L, transactional = false)
public final class AutoCommit implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {}
}
