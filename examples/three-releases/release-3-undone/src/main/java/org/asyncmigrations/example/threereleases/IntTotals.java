package org.asyncmigrations.example.threereleases;

import static org.asyncmigrations.example.threereleases.schema.Tables.ORDERS;

import org.asyncmigrations.example.threereleases.application.Orders;
import org.jooq.DSLContext;

/** Orders with their totals in the old column, which ends at 2,147,483,647 cents. Thread-safe. */
final class IntTotals implements Orders {
    private final DSLContext dsl;

    IntTotals(DSLContext dsl) {
        this.dsl = dsl;
    }

    @Override
    public void place(long id, long cents) {
        dsl.insertInto(ORDERS)
                .set(ORDERS.ID, id)
                .set(ORDERS.CENTS, Math.toIntExact(cents))
                .execute();
    }

    @Override
    public void correct(long id, long cents) {
        dsl.update(ORDERS)
                .set(ORDERS.CENTS, Math.toIntExact(cents))
                .where(ORDERS.ID.eq(id))
                .execute();
    }

    @Override
    public long total(long id) {
        return dsl.select(ORDERS.CENTS).from(ORDERS).where(ORDERS.ID.eq(id)).fetchSingle(row -> (long) row.value1());
    }
}
