package org.asyncmigrations.example.threereleases;

import static org.asyncmigrations.example.threereleases.schema.Tables.CUSTOMERS;

import org.asyncmigrations.example.threereleases.application.Customers;
import org.asyncmigrations.example.threereleases.application.Name;
import org.jooq.DSLContext;

/** Customers with their names in one column. Thread-safe. */
final class WholeNames implements Customers {
    private final DSLContext dsl;

    WholeNames(DSLContext dsl) {
        this.dsl = dsl;
    }

    @Override
    public void add(long id, Name name) {
        dsl.insertInto(CUSTOMERS)
                .set(CUSTOMERS.ID, id)
                .set(CUSTOMERS.NAME, name.toString())
                .execute();
    }

    @Override
    public void rename(long id, Name name) {
        dsl.update(CUSTOMERS)
                .set(CUSTOMERS.NAME, name.toString())
                .where(CUSTOMERS.ID.eq(id))
                .execute();
    }

    @Override
    public void put(long id, Name name) {
        dsl.insertInto(CUSTOMERS)
                .set(CUSTOMERS.ID, id)
                .set(CUSTOMERS.NAME, name.toString())
                .onDuplicateKeyUpdate()
                .set(CUSTOMERS.NAME, name.toString())
                .execute();
    }

    @Override
    public Name name(long id) {
        return dsl.select(CUSTOMERS.NAME)
                .from(CUSTOMERS)
                .where(CUSTOMERS.ID.eq(id))
                .fetchSingle(row -> Name.of(row.value1()));
    }
}
