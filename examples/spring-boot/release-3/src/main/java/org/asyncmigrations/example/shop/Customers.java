package org.asyncmigrations.example.shop;

import static org.asyncmigrations.example.shop.tables.Tables.CUSTOMER;
import static org.jooq.impl.DSL.val;

import org.asyncmigrations.example.shop.migrations.AsyncMigrationRegistry;
import org.jooq.DSLContext;
import org.springframework.stereotype.Repository;

/** Customers with their {@code full_name}. */
@Repository
class Customers {
    private final DSLContext dsl;
    private final FullNames fullNames;

    Customers(DSLContext dsl, FullNames fullNames, AsyncMigrationRegistry migrations) {
        this.dsl = dsl;
        this.fullNames = fullNames;
        // If it is deployed too early, this release ends here and serves nobody. In a new database, there is nothing to
        // wait for.
        if (dsl.fetchExists(CUSTOMER)) {
            migrations.requireFullName().requireDone();
        }
    }

    Customer add(String name) {
        return dsl.insertInto(CUSTOMER)
                .set(CUSTOMER.FULL_NAME, fullNames.of(val(name)))
                .returningResult(CUSTOMER.ID, CUSTOMER.FULL_NAME)
                .fetchSingle(row -> new Customer(row.value1(), row.value2()));
    }

    Customer rename(long id, String name) {
        return dsl.update(CUSTOMER)
                .set(CUSTOMER.FULL_NAME, fullNames.of(val(name)))
                .where(CUSTOMER.ID.eq(id))
                .returningResult(CUSTOMER.ID, CUSTOMER.FULL_NAME)
                .fetchSingle(row -> new Customer(row.value1(), row.value2()));
    }

    Customer find(long id) {
        return dsl.select(CUSTOMER.ID, CUSTOMER.FULL_NAME)
                .from(CUSTOMER)
                .where(CUSTOMER.ID.eq(id))
                .fetchSingle(row -> new Customer(row.value1(), row.value2()));
    }
}
