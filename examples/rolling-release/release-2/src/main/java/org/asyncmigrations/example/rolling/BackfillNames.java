package org.asyncmigrations.example.rolling;

import static org.asyncmigrations.example.rolling.schema.Tables.CUSTOMERS;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.splitPart;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.RowBatch;
import org.jooq.Condition;
import org.jooq.Field;

/**
 * Splits full names into first and last names. Rows are pending not only without these names, but also if they don't match the
 * full name: release 1, which may run next to this release or after a roll-back, changes only the full name.
 */
@AsyncMigration(version = 20261201_090000L, description = "first and last names, from full names")
@Idempotent(By.PENDING_ROWS)
public final class BackfillNames implements BatchMigration {
    private static final Field<String> FIRST = splitPart(CUSTOMERS.FULL_NAME, inline(" "), inline(1));
    private static final Field<String> LAST = splitPart(CUSTOMERS.FULL_NAME, inline(" "), inline(2));

    @Override
    public BatchKey key() {
        return BatchKey.of(CUSTOMERS.ID);
    }

    @Override
    public Condition pending() {
        return CUSTOMERS.FIRST_NAME.isDistinctFrom(FIRST).or(CUSTOMERS.LAST_NAME.isDistinctFrom(LAST));
    }

    @Override
    public long migrate(RowBatch batch) {
        return batch.dsl()
                .update(CUSTOMERS)
                .set(CUSTOMERS.FIRST_NAME, FIRST)
                .set(CUSTOMERS.LAST_NAME, LAST)
                .where(batch.rows())
                .execute();
    }
}
