package com.acme;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.table;

import org.asyncmigrations.*;

@AsyncMigration(version = 1)
public final class FillNothing implements SqlBackfill {
    @Override
    public Backfill backfill() {
        return Backfill.of(BatchKey.of(table("orders"), field("id"))).pending(field("total_cents").isNull()); // found
    }
}
