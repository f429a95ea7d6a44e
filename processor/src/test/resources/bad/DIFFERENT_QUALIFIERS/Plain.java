package com.acme;

import java.util.Map;
import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.MigrationRun;

@AsyncMigration(version = 20261121_093002L)
@Idempotent(By.TRANSACTION)
public final class Plain implements DataMigration {
    public Plain(Map<String, Integer> rates) {}

    @Override
    public void migrate(MigrationRun run) {}
}
