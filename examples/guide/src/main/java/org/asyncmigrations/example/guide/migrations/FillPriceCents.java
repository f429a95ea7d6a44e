package org.asyncmigrations.example.guide.migrations;

import static org.asyncmigrations.example.guide.schema.Tables.ORDER_LINES;

import java.math.BigDecimal;
import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.Verified;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.impl.DSL;

/** Changes each batch with one statement, along a key of two columns. It counts as done only if a query finds no violations. */
@AsyncMigration(version = 20261101_090000L)
@Idempotent(By.PENDING_ROWS)
public final class FillPriceCents implements BatchMigration, Verified {
    private static final Field<Long> CENTS =
            ORDER_LINES.PRICE.cast(BigDecimal.class).mul(DSL.inline(100)).cast(Long.class);

    @Override
    public BatchKey key() {
        return BatchKey.of(ORDER_LINES, ORDER_LINES.ORDER_ID, ORDER_LINES.LINE_NO);
    }

    @Override
    public Condition pending() {
        return ORDER_LINES.PRICE_CENTS.isNull().and(ORDER_LINES.PRICE.isNotNull());
    }

    @Override
    public long migrate(RowBatch batch) {
        return batch.dsl()
                .update(ORDER_LINES)
                .set(ORDER_LINES.PRICE_CENTS, CENTS)
                .where(batch.rows())
                .execute();
    }

    @Override
    public Select<?> violations() {
        return DSL.selectOne().from(ORDER_LINES).where(ORDER_LINES.PRICE_CENTS.lt(0L));
    }
}
