package org.asyncmigrations.example.engines;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.RowBatch;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Fills {@code total_cents} in batches. If a row were changed twice, its total would be twice as high. */
@AsyncMigration(version = 20261201_090000L, description = "totals of orders")
@Idempotent(By.PENDING_ROWS)
public final class FillTotals implements BatchMigration {
    private static final Table<Record> ORDERS = DSL.table(DSL.name("orders"));
    private static final Field<Long> ID = DSL.field(DSL.name("orders", "id"), SQLDataType.BIGINT);
    private static final Field<Integer> QUANTITY = DSL.field(DSL.name("orders", "quantity"), SQLDataType.INTEGER);
    private static final Field<Integer> CENTS = DSL.field(DSL.name("orders", "cents"), SQLDataType.INTEGER);
    private static final Field<Long> TOTAL = DSL.field(DSL.name("orders", "total_cents"), SQLDataType.BIGINT);

    @Override
    public BatchKey key() {
        return BatchKey.of(ORDERS, ID);
    }

    @Override
    public Condition pending() {
        return TOTAL.isNull();
    }

    @Override
    public long migrate(RowBatch batch) {
        return batch.dsl()
                .update(ORDERS)
                .set(
                        TOTAL,
                        DSL.coalesce(TOTAL, DSL.inline(0L))
                                .plus(QUANTITY.times(CENTS).cast(SQLDataType.BIGINT)))
                .where(batch.rows())
                .execute();
    }
}
