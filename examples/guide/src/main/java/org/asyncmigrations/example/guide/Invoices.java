package org.asyncmigrations.example.guide;

import static org.asyncmigrations.example.guide.schema.Tables.ORDER_LINES;

import java.math.BigDecimal;
import org.asyncmigrations.example.guide.migrations.AsyncMigrationRegistry;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Code that depends on a back-fill, and requires that it is done. Thread-safe. */
public final class Invoices {
    private final AsyncMigrationRegistry migrations;
    private final DSLContext dsl;

    /**
     * The invoices of a database.
     *
     * @param migrations the application's registry
     * @param dsl the database with the orders
     */
    public Invoices(AsyncMigrationRegistry migrations, DSLContext dsl) {
        this.migrations = migrations;
        this.dsl = dsl;
    }

    /**
     * The total price of an order.
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
