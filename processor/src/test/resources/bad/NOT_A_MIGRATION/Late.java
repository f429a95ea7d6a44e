package com.acme;

import org.asyncmigrations.AfterRelease;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.MigrationRun;
import java.util.Map;

@AfterRelease(version = 20261121_093000L, after = {String.class, int.class, Map.Entry[].class})
@Idempotent(By.TRANSACTION)
public final class Late implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {}
}
