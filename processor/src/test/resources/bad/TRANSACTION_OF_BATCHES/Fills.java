package com.acme;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.Backfill;
import org.asyncmigrations.By;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.SqlBackfill;

@AsyncMigration(version = 20261121_093100L)
@Idempotent(By.TRANSACTION)
public final class Fills implements SqlBackfill {
    @Override
    public Backfill backfill() {
        return Backfill.of("users", "id").pending("email_lower is null").set("email_lower", "lower(email)");
    }
}
