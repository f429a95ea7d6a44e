package org.asyncmigrations.benchmarks.backfill.migrations;

import static org.asyncmigrations.benchmarks.backfill.schema.Tables.CUSTOMERS;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.RowBatch;
import org.jooq.Condition;

/** Fills {@code email_normalized}. A module has one registry, so the change is passed in from outside. */
@AsyncMigration(version = 20261122_090000L)
@Idempotent(By.PENDING_ROWS)
public final class NormalizeEmails implements BatchMigration {
    private final BatchChange change;

    /**
     * Called by the generated registry.
     *
     * @param change changes the rows of a batch
     */
    public NormalizeEmails(BatchChange change) {
        this.change = change;
    }

    @Override
    public BatchKey key() {
        return BatchKey.of(CUSTOMERS.ID);
    }

    @Override
    public Condition pending() {
        return CUSTOMERS.EMAIL_NORMALIZED.isNull();
    }

    @Override
    public long migrate(RowBatch batch) throws Exception {
        return change.apply(batch);
    }
}
