package org.asyncmigrations.example.threereleases;

import static org.asyncmigrations.example.threereleases.schema.Tables.CUSTOMERS;

import org.asyncmigrations.example.threereleases.application.Customers;
import org.asyncmigrations.example.threereleases.application.Name;
import org.jooq.DSLContext;

/** Customers with their names in two columns. Thread-safe. */
final class SplitNames implements Customers {
    private final DSLContext dsl;

    SplitNames(DSLContext dsl) {
        this.dsl = dsl;
    }

    @Override
    public void add(long id, Name name) {
        dsl.insertInto(CUSTOMERS)
                .set(CUSTOMERS.ID, id)
                .set(CUSTOMERS.FIRST_NAME, name.first())
                .set(CUSTOMERS.LAST_NAME, name.last())
                .execute();
    }

    @Override
    public void rename(long id, Name name) {
        dsl.update(CUSTOMERS)
                .set(CUSTOMERS.FIRST_NAME, name.first())
                .set(CUSTOMERS.LAST_NAME, name.last())
                .where(CUSTOMERS.ID.eq(id))
                .execute();
    }

    @Override
    public void put(long id, Name name) {
        dsl.insertInto(CUSTOMERS)
                .set(CUSTOMERS.ID, id)
                .set(CUSTOMERS.FIRST_NAME, name.first())
                .set(CUSTOMERS.LAST_NAME, name.last())
                .onDuplicateKeyUpdate()
                .set(CUSTOMERS.FIRST_NAME, name.first())
                .set(CUSTOMERS.LAST_NAME, name.last())
                .execute();
    }

    @Override
    public Name name(long id) {
        return dsl.select(CUSTOMERS.FIRST_NAME, CUSTOMERS.LAST_NAME)
                .from(CUSTOMERS)
                .where(CUSTOMERS.ID.eq(id))
                .fetchSingle(row -> new Name(row.value1(), row.value2()));
    }
}
