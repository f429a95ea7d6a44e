package org.asyncmigrations.example.rolling;

import static org.asyncmigrations.example.rolling.schema.Tables.CUSTOMERS;

import org.asyncmigrations.example.rolling.application.Customers;
import org.asyncmigrations.example.rolling.application.Name;
import org.jooq.DSLContext;

/** Customers with their names in two columns. Thread-safe. */
final class SplitNames implements Customers {
    private final DSLContext dsl;

    SplitNames(DSLContext dsl) {
        this.dsl = dsl;
    }

    @Override
    public void create(long id, Name name) {
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
    public Name read(long id) {
        return dsl.select(CUSTOMERS.FIRST_NAME, CUSTOMERS.LAST_NAME)
                .from(CUSTOMERS)
                .where(CUSTOMERS.ID.eq(id))
                .fetchSingle(row -> new Name(row.value1(), row.value2()));
    }
}
