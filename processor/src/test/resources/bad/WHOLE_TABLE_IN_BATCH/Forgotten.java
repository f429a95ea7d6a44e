package com.acme;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.table;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.RowBatch;
import org.jooq.Condition;

/** The commonest slip. A warning could be suppressed; this cannot. */
@AsyncMigration(version = 1)
@Idempotent(By.PENDING_ROWS)
@SuppressWarnings("BatchRowsUnused")
public final class Forgotten implements BatchMigration {
    @Override
    public BatchKey key() {
        return BatchKey.of(table("users"), field("id", Long.class));
    }

    @Override
    public Condition pending() {
        return field("active").isNull();
    }

    @Override
    public long migrate(RowBatch rowBatch) {
        return rowBatch.dsl()
                .update(table("users")) // found
                .set(field("active"), true)
                .execute();
    }
}
