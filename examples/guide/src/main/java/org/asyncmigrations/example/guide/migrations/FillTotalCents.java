package org.asyncmigrations.example.guide.migrations;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.Backfill;
import org.asyncmigrations.SqlBackfill;

/** A back-fill declared in one expression. */
@AsyncMigration(version = 20261101_080000L)
public final class FillTotalCents implements SqlBackfill {
    @Override
    public Backfill backfill() {
        return Backfill.of("invoices", "id").pending("total_cents is null").set("total_cents", "total * 100");
    }
}
