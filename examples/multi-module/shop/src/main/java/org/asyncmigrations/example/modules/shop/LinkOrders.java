package org.asyncmigrations.example.modules.shop;

import static org.asyncmigrations.example.modules.accounts.schema.Tables.USERS;
import static org.asyncmigrations.example.modules.shop.schema.Tables.ORDERS;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.DSL.select;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.example.modules.accounts.LowerEmails;
import org.jooq.Condition;

/** Sets the user of each order. It finds users by the column that another module's migration has filled. Guests have no user. */
@AsyncMigration(
        version = 20261202_090000L,
        after = LowerEmails.class,
        description = "orders of users who are logged in")
@Idempotent(By.PENDING_ROWS)
public final class LinkOrders implements BatchMigration {
    private static final Condition SAME_EMAIL = USERS.EMAIL_LOWER.eq(lower(ORDERS.EMAIL));

    @Override
    public BatchKey key() {
        return BatchKey.of(ORDERS.ID);
    }

    @Override
    public Condition pending() {
        return ORDERS.USER_ID.isNull().and(exists(select(USERS.ID).from(USERS).where(SAME_EMAIL)));
    }

    @Override
    public long migrate(RowBatch batch) {
        return batch.dsl()
                .update(ORDERS)
                .set(ORDERS.USER_ID, field(select(USERS.ID).from(USERS).where(SAME_EMAIL)))
                .where(batch.rows())
                .execute();
    }
}
