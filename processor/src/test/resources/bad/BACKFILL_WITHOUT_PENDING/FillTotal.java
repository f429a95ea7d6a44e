package com.acme;

import org.asyncmigrations.*;

@AsyncMigration(version = 1)
public final class FillTotal implements SqlBackfill {
    @Override
    public Backfill backfill() {
        return Backfill.of("orders", "id") // found
                .set("total_cents", "total * 100");
    }
}
