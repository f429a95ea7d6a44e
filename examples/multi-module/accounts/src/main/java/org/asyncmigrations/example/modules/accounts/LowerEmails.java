package org.asyncmigrations.example.modules.accounts;

import static org.asyncmigrations.example.modules.accounts.schema.Tables.USERS;
import static org.jooq.impl.DSL.lower;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.RowBatch;
import org.jooq.Condition;

/** Fills {@code email_lower}, which is used to log in. */
@AsyncMigration(version = 20261201_090000L, description = "emails by which users log in")
@Idempotent(By.PENDING_ROWS)
public final class LowerEmails implements BatchMigration {
    @Override
    public BatchKey key() {
        return BatchKey.of(USERS.ID);
    }

    @Override
    public Condition pending() {
        return USERS.EMAIL_LOWER.isDistinctFrom(lower(USERS.EMAIL));
    }

    @Override
    public long migrate(RowBatch batch) {
        return batch.dsl()
                .update(USERS)
                .set(USERS.EMAIL_LOWER, lower(USERS.EMAIL))
                .where(batch.rows())
                .execute();
    }
}
