package com.acme;

import org.asyncmigrations.*;

/** Its key says what it writes. */
@AsyncMigration(version = 3, independent = true)
public final class Orders implements SqlBackfill {
    @Override
    public Backfill backfill() {
        return Backfill.of("orders", "id").pending("cents is null").set("cents", "price * 100");
    }
}
