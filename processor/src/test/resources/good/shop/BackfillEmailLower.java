package com.acme.shop;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.DSL.table;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.RowBatch;
import org.jooq.Condition;

@AsyncMigration(version = 20261121_093000L, description = "E-mails \"as typed\" get a lower-case copy")
@Idempotent(By.PENDING_ROWS)
public final class BackfillEmailLower implements BatchMigration {
    @Override
    public BatchKey key() {
        return BatchKey.of(table("users"), field("id", Long.class));
    }

    @Override
    public Condition pending() {
        return field("email_lower").isNull();
    }

    @Override
    public long migrate(RowBatch batch) {
        return batch.dsl()
                .update(table("users"))
                .set(field("email_lower", String.class), lower(field("email", String.class)))
                .where(batch.rows())
                .execute();
    }
}
