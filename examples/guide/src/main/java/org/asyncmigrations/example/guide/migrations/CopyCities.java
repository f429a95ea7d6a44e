package org.asyncmigrations.example.guide.migrations;

import static org.asyncmigrations.example.guide.schema.Tables.CUSTOMERS;
import static org.asyncmigrations.example.guide.schema.Tables.SHIPMENTS;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.selectOne;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.RowBatch;
import org.jooq.Condition;

/** Copies values from another table. */
@AsyncMigration(version = 20261103_090000L)
@Idempotent(By.PENDING_ROWS)
public final class CopyCities implements BatchMigration {
    private static final Condition OF_CUSTOMER = CUSTOMERS.ID.eq(SHIPMENTS.CUSTOMER_ID);

    @Override
    public BatchKey key() {
        return BatchKey.of(SHIPMENTS.ID);
    }

    @Override
    public Condition pending() {
        return SHIPMENTS
                .CITY
                .isNull()
                .and(exists(selectOne().from(CUSTOMERS).where(OF_CUSTOMER).and(CUSTOMERS.CITY.isNotNull())));
    }

    @Override
    public long migrate(RowBatch batch) {
        return batch.dsl()
                .update(SHIPMENTS)
                .set(SHIPMENTS.CITY, CUSTOMERS.CITY)
                .from(CUSTOMERS)
                .where(OF_CUSTOMER)
                .and(batch.rows())
                .execute();
    }
}
