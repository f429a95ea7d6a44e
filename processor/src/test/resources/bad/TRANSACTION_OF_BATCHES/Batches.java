package com.acme;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.RowBatch;
import org.jooq.Condition;
import org.jooq.impl.DSL;

@AsyncMigration(version = 20261121_093000L)
@Idempotent(By.TRANSACTION)
public final class Batches implements BatchMigration {
    @Override
    public BatchKey key() {
        return BatchKey.of(DSL.table("users"), DSL.field("id", Long.class));
    }

    @Override
    public Condition pending() {
        return DSL.field("email_lower").isNull();
    }

    @Override
    public long migrate(RowBatch batch) {
        return 0;
    }
}
