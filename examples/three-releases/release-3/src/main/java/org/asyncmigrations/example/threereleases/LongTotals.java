package org.asyncmigrations.example.threereleases;

import static org.asyncmigrations.example.threereleases.schema.Tables.ORDERS;

import org.asyncmigrations.example.threereleases.application.Orders;
import org.jooq.DSLContext;

/** Orders with their totals in the new column. Thread-safe. */
final class LongTotals implements Orders {
    private final DSLContext dsl;

    LongTotals(DSLContext dsl) {
        this.dsl = dsl;
    }

    @Override
    public void place(long id, long cents) {
        dsl.insertInto(ORDERS).set(ORDERS.ID, id).set(ORDERS.TOTAL_CENTS, cents).execute();
    }

    @Override
    public void correct(long id, long cents) {
        dsl.update(ORDERS)
                .set(ORDERS.TOTAL_CENTS, cents)
                .where(ORDERS.ID.eq(id))
                .execute();
    }

    @Override
    public long total(long id) {
        return dsl.select(ORDERS.TOTAL_CENTS)
                .from(ORDERS)
                .where(ORDERS.ID.eq(id))
                .fetchSingle(row -> row.value1());
    }
}
