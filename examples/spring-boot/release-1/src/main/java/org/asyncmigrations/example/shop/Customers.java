package org.asyncmigrations.example.shop;

import static org.asyncmigrations.example.shop.tables.Tables.CUSTOMER;

import org.jooq.DSLContext;
import org.springframework.stereotype.Repository;

/** Customers with their {@code name}. */
@Repository
class Customers {
    private final DSLContext dsl;

    Customers(DSLContext dsl) {
        this.dsl = dsl;
    }

    Customer add(String name) {
        return dsl.insertInto(CUSTOMER)
                .set(CUSTOMER.NAME, name)
                .returningResult(CUSTOMER.ID, CUSTOMER.NAME)
                .fetchSingle(row -> new Customer(row.value1(), row.value2()));
    }

    Customer rename(long id, String name) {
        return dsl.update(CUSTOMER)
                .set(CUSTOMER.NAME, name)
                .where(CUSTOMER.ID.eq(id))
                .returningResult(CUSTOMER.ID, CUSTOMER.NAME)
                .fetchSingle(row -> new Customer(row.value1(), row.value2()));
    }

    Customer find(long id) {
        return dsl.select(CUSTOMER.ID, CUSTOMER.NAME)
                .from(CUSTOMER)
                .where(CUSTOMER.ID.eq(id))
                .fetchSingle(row -> new Customer(row.value1(), row.value2()));
    }
}
