package org.asyncmigrations.example.guide.migrations;

import static org.asyncmigrations.example.guide.schema.Tables.ADDRESSES;
import static org.asyncmigrations.example.guide.schema.Tables.CUSTOMERS;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.RowBatch;
import org.jooq.Condition;

/** Inserts a row into one table for each row of another. */
@AsyncMigration(version = 20261101_093000L)
@Idempotent(By.PENDING_ROWS)
public final class CopyAddresses implements BatchMigration {
    @Override
    public BatchKey key() {
        return BatchKey.of(CUSTOMERS.ID);
    }

    @Override
    public Condition pending() {
        return CUSTOMERS
                .STREET
                .isNotNull()
                .and(notExists(selectOne().from(ADDRESSES).where(ADDRESSES.CUSTOMER_ID.eq(CUSTOMERS.ID))));
    }

    @Override
    public long migrate(RowBatch batch) {
        return batch.dsl()
                .insertInto(ADDRESSES, ADDRESSES.CUSTOMER_ID, ADDRESSES.STREET, ADDRESSES.CITY)
                .select(select(CUSTOMERS.ID, CUSTOMERS.STREET, CUSTOMERS.CITY)
                        .from(CUSTOMERS)
                        .where(batch.rows()))
                // The application may have inserted the row after this statement read the customer.
                .onConflictDoNothing()
                .execute();
    }
}
