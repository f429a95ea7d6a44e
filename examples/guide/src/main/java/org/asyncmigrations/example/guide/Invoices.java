package org.asyncmigrations.example.guide;

import static org.asyncmigrations.example.guide.schema.Tables.ORDER_LINES;

import java.math.BigDecimal;
import org.asyncmigrations.example.guide.migrations.AsyncMigrationRegistry;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Code that depends on a back-fill says so. Safe for threads. */
public final class Invoices {
    private final AsyncMigrationRegistry migrations;
    private final DSLContext dsl;

    /**
     * Keeps both.
     *
     * @param migrations the application's
     * @param dsl where the orders are
     */
    public Invoices(AsyncMigrationRegistry migrations, DSLContext dsl) {
        this.migrations = migrations;
        this.dsl = dsl;
    }

    /**
     * What an order costs.
     *
     * @param order its number
     * @return cents
     */
    public long total(long order) {
        migrations.fillPriceCents().requireDone();
        return dsl.select(DSL.coalesce(DSL.sum(ORDER_LINES.PRICE_CENTS), BigDecimal.ZERO))
                .from(ORDER_LINES)
                .where(ORDER_LINES.ORDER_ID.eq(order))
                .fetchSingle()
                .value1()
                .longValueExact();
    }
}
