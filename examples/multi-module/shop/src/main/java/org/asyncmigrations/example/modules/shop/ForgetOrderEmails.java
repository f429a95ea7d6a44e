package org.asyncmigrations.example.modules.shop;

import static org.asyncmigrations.example.modules.shop.schema.Tables.ORDERS;

import org.asyncmigrations.AfterRelease;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.example.modules.accounts.LowerEmails;
import org.jooq.Condition;

/**
 * Deletes the email of orders that have a user. The previous release still reads it, so this waits until that release is gone.
 */
@AfterRelease(
        version = 20261204_090000L,
        after = {LowerEmails.class, LinkOrders.class},
        description = "a customer's email is kept in one place")
@Idempotent(By.PENDING_ROWS)
public final class ForgetOrderEmails implements BatchMigration {
    @Override
    public BatchKey key() {
        return BatchKey.of(ORDERS.ID);
    }

    @Override
    public Condition pending() {
        return ORDERS.USER_ID.isNotNull().and(ORDERS.EMAIL.isNotNull());
    }

    @Override
    public long migrate(RowBatch batch) {
        return batch.dsl()
                .update(ORDERS)
                .setNull(ORDERS.EMAIL)
                .where(batch.rows())
                .execute();
    }
}
