package org.asyncmigrations.example.shop;

import static org.asyncmigrations.example.shop.tables.Tables.CUSTOMER;
import static org.jooq.impl.DSL.val;

import org.asyncmigrations.MigrationHandle;
import org.asyncmigrations.example.shop.migrations.AsyncMigrationRegistry;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.springframework.stereotype.Repository;

/** Customers with their {@code name} and their {@code full_name}. */
@Repository
class Customers {
    private final DSLContext dsl;
    private final FullNames fullNames;
    private final MigrationHandle fullNameRequired;

    Customers(DSLContext dsl, FullNames fullNames, AsyncMigrationRegistry migrations) {
        this.dsl = dsl;
        this.fullNames = fullNames;
        this.fullNameRequired = migrations.requireFullName();
    }

    Customer add(String name) {
        return dsl.insertInto(CUSTOMER)
                .set(CUSTOMER.NAME, name)
                .set(CUSTOMER.FULL_NAME, fullNames.of(val(name)))
                .returningResult(CUSTOMER.ID, CUSTOMER.FULL_NAME)
                .fetchSingle(row -> new Customer(row.value1(), row.value2()));
    }

    Customer rename(long id, String name) {
        return dsl.update(CUSTOMER)
                .set(CUSTOMER.NAME, name)
                .set(CUSTOMER.FULL_NAME, fullNames.of(val(name)))
                .where(CUSTOMER.ID.eq(id))
                .returningResult(CUSTOMER.ID, CUSTOMER.FULL_NAME)
                .fetchSingle(row -> new Customer(row.value1(), row.value2()));
    }

    Customer find(long id) {
        // As long as release 1 is running, it may change a name after the back-fill. Later, release 3 may be running,
        // which doesn't change the name any more.
        Field<String> newest = fullNameRequired.isDone() ? CUSTOMER.FULL_NAME : fullNames.of(CUSTOMER.NAME);
        return dsl.select(CUSTOMER.ID, newest)
                .from(CUSTOMER)
                .where(CUSTOMER.ID.eq(id))
                .fetchSingle(row -> new Customer(row.value1(), row.value2()));
    }
}
