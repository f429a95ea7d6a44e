package org.asyncmigrations.example.quickstart.migrations;

import static org.asyncmigrations.example.quickstart.schema.Tables.CUSTOMERS;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.DSL.nullif;
import static org.jooq.impl.DSL.trim;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.RowBatch;
import org.jooq.Condition;
import org.jooq.Field;

/**
 * Fills {@code email_normalized}, with one statement for each batch.
 *
 * <p>Pending are exactly the rows that {@link #migrate} would change. A row that it has changed, or that needs no change (no
 * email, or a blank one), isn't pending. If an old instance changes a row's email later, the row is pending again.
 */
@AsyncMigration(version = 20261121_093000L, description = "emails in one spelling, for the log-in")
@Idempotent(By.PENDING_ROWS)
public final class BackfillEmailNormalized implements BatchMigration {
    private static final Field<String> NORMALIZED = lower(nullif(trim(CUSTOMERS.EMAIL), inline("")));

    @Override
    public BatchKey key() {
        return BatchKey.of(CUSTOMERS.ID);
    }

    @Override
    public Condition pending() {
        return CUSTOMERS.EMAIL_NORMALIZED.isDistinctFrom(NORMALIZED);
    }

    @Override
    public long migrate(RowBatch batch) {
        return batch.dsl()
                .update(CUSTOMERS)
                .set(CUSTOMERS.EMAIL_NORMALIZED, NORMALIZED)
                .where(batch.rows())
                .execute();
    }
}
