package org.asyncmigrations.example.tenants;

import static org.asyncmigrations.example.tenants.schema.Tables.CUSTOMERS;
import static org.jooq.impl.DSL.lower;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.RowBatch;
import org.jooq.Condition;

/** Fills {@code email_lower}. If two customers of a tenant have the same email in different case, one row can't be changed. */
@AsyncMigration(version = 20261201_090000L, description = "emails by which customers log in")
@Idempotent(By.PENDING_ROWS)
public final class LowerEmails implements BatchMigration {
    @Override
    public BatchKey key() {
        return BatchKey.of(CUSTOMERS.ID);
    }

    @Override
    public Condition pending() {
        return CUSTOMERS.EMAIL_LOWER.isDistinctFrom(lower(CUSTOMERS.EMAIL));
    }

    @Override
    public long migrate(RowBatch batch) {
        return batch.dsl()
                .update(CUSTOMERS)
                .set(CUSTOMERS.EMAIL_LOWER, lower(CUSTOMERS.EMAIL))
                .where(batch.rows())
                .execute();
    }
}
