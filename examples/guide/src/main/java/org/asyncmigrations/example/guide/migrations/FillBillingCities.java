package org.asyncmigrations.example.guide.migrations;

import static org.jooq.impl.DSL.condition;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.RowBatch;
import org.jooq.Condition;

/** Fills a column from another table, in the database's own SQL. */
@AsyncMigration(version = 20261101_081500L)
@Idempotent(By.PENDING_ROWS)
public final class FillBillingCities implements BatchMigration {
    @Override
    public BatchKey key() {
        return BatchKey.of("invoices", "id");
    }

    @Override
    public Condition pending() {
        return condition("invoices.city is null");
    }

    @Override
    public long migrate(RowBatch batch) {
        return batch.execute(
                "update invoices set city = coalesce(c.city, ?) from customers c"
                        + " where c.id = invoices.customer_id and {rows}",
                "unknown");
    }
}
