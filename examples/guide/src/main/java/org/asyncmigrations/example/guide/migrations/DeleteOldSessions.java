package org.asyncmigrations.example.guide.migrations;

import static org.asyncmigrations.example.guide.schema.Tables.SESSIONS;

import java.time.LocalDateTime;
import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.RowBatch;
import org.jooq.Condition;

/**
 * Deletes rows. The date is a constant, because "a year ago" would be another date in each run. No other migration depends on it,
 * so it is independent: none waits for it.
 */
@AsyncMigration(version = 20261101_094500L, independent = true)
@Idempotent(By.PENDING_ROWS)
public final class DeleteOldSessions implements BatchMigration {
    private static final LocalDateTime KEPT_SINCE = LocalDateTime.of(2026, 1, 1, 0, 0);

    @Override
    public BatchKey key() {
        return BatchKey.of(SESSIONS.ID);
    }

    @Override
    public Condition pending() {
        return SESSIONS.LAST_SEEN.lt(KEPT_SINCE);
    }

    @Override
    public long migrate(RowBatch batch) {
        return batch.dsl().deleteFrom(SESSIONS).where(batch.rows()).execute();
    }
}
