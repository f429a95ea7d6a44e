package org.asyncmigrations.spring.shop;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.Backfill;
import org.asyncmigrations.SqlBackfill;

@AsyncMigration(version = 20261128_090000L)
public final class NormalizeEmails implements SqlBackfill {
    @Override
    public Backfill backfill() {
        return Backfill.of("customers", "id")
                .pending("email_normalized is distinct from lower(trim(email))")
                .set("email_normalized", "lower(trim(email))");
    }
}
