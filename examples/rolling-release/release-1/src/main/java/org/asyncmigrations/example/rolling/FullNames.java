package org.asyncmigrations.example.rolling;

import static org.asyncmigrations.example.rolling.schema.Tables.CUSTOMERS;

import org.asyncmigrations.example.rolling.application.Customers;
import org.asyncmigrations.example.rolling.application.Name;
import org.jooq.DSLContext;

/** Customers with their names in one column. Thread-safe. */
final class FullNames implements Customers {
    private final DSLContext dsl;

    FullNames(DSLContext dsl) {
        this.dsl = dsl;
    }

    @Override
    public void create(long id, Name name) {
        dsl.insertInto(CUSTOMERS)
                .set(CUSTOMERS.ID, id)
                .set(CUSTOMERS.FULL_NAME, name.toString())
                .execute();
    }

    @Override
    public void rename(long id, Name name) {
        dsl.update(CUSTOMERS)
                .set(CUSTOMERS.FULL_NAME, name.toString())
                .where(CUSTOMERS.ID.eq(id))
                .execute();
    }

    @Override
    public Name read(long id) {
        return dsl.select(CUSTOMERS.FULL_NAME)
                .from(CUSTOMERS)
                .where(CUSTOMERS.ID.eq(id))
                .fetchSingle(row -> Name.of(row.value1()));
    }
}
