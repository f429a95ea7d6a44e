package com.acme;

import inject.Named;
import java.util.Map;
import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.MigrationRun;

@AsyncMigration(version = 20261121_093000L)
@Idempotent(By.TRANSACTION)
public final class German implements DataMigration {
    public German(@Named("de") Map<String, Integer> rates) {}

    @Override
    public void migrate(MigrationRun run) {}
}
