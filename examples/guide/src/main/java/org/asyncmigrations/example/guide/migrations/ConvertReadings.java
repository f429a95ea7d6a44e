package org.asyncmigrations.example.guide.migrations;

import static org.asyncmigrations.example.guide.schema.Tables.READINGS;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.RowBatch;
import org.jooq.Condition;

/** A back-fill of a table without a unique key, on PostgreSQL. */
@AsyncMigration(version = 20261103_094500L)
@Idempotent(By.PENDING_ROWS)
public final class ConvertReadings implements BatchMigration {
    @Override
    public BatchKey key() {
        return BatchKey.byPosition(READINGS);
    }

    @Override
    public Condition pending() {
        return READINGS.CELSIUS.isNull().and(READINGS.FAHRENHEIT.isNotNull());
    }

    @Override
    public long migrate(RowBatch batch) {
        return batch.dsl()
                .update(READINGS)
                .set(READINGS.CELSIUS, READINGS.FAHRENHEIT.minus(32).times(5).div(9))
                .where(batch.rows())
                .execute();
    }
}
