package org.asyncmigrations.example.guide.migrations;

import static org.asyncmigrations.example.guide.schema.Tables.PRICES;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.selectOne;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.example.guide.schema.tables.Prices;
import org.jooq.Condition;

/** Marks the newest row of each group, beginning with the newest rows. */
@AsyncMigration(version = 20261103_091500L)
@Idempotent(By.PENDING_ROWS)
public final class MarkNewestPrices implements BatchMigration {
    private static final Prices LATER = PRICES.as("later");

    private static final Condition IS_NEWEST = notExists(selectOne()
            .from(LATER)
            .where(LATER.PRODUCT.eq(PRICES.PRODUCT))
            .and(row(LATER.VALID_FROM, LATER.ID).gt(PRICES.VALID_FROM, PRICES.ID)));

    @Override
    public BatchKey key() {
        return BatchKey.of(PRICES.ID).descending();
    }

    @Override
    public Condition pending() {
        return PRICES.IS_NEWEST.isDistinctFrom(field(IS_NEWEST));
    }

    @Override
    public long migrate(RowBatch batch) {
        return batch.dsl()
                .update(PRICES)
                .set(PRICES.IS_NEWEST, field(IS_NEWEST))
                .where(batch.rows())
                .execute();
    }
}
