package com.acme.shop;

import java.time.Clock;
import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Guarded;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.MigrationRun;

/** Its handle would be called as a method of the registry. Neither it nor its constructor needs to be public here. */
@Deprecated
@AsyncMigration(version = 20261121_100000L, transactional = false,
        independent = true, writes = {"shops", "billing.shops"})
@Idempotent(By.GUARD)
final class Close implements DataMigration, Guarded {
    Close(TokenVault vault, Clock clock, int wait) {}

    private Close() {}

    @Override
    public boolean isDone(MigrationRun run) {
        return false;
    }

    @Override
    public void migrate(MigrationRun run) {}
}
