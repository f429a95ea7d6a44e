package org.asyncmigrations.example.existing.migrations;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.trim;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.RowBatch;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;

/** Fills {@code email_normalized} while the application runs. */
@AsyncMigration(version = 20261128_090000L, description = "emails in one spelling")
@Idempotent(By.PENDING_ROWS)
public final class NormalizeEmails implements BatchMigration {
    private static final Table<Record> CUSTOMERS = table(name("customers"));
    private static final Field<Long> ID = field(name("id"), Long.class);
    private static final Field<String> EMAIL = field(name("email"), String.class);
    private static final Field<String> EMAIL_NORMALIZED = field(name("email_normalized"), String.class);

    @Override
    public BatchKey key() {
        return BatchKey.of(CUSTOMERS, ID); // the primary key
    }

    @Override
    public Condition pending() {
        return EMAIL_NORMALIZED.isDistinctFrom(lower(trim(EMAIL))); // the rows that are left to do
    }

    @Override
    public long migrate(RowBatch batch) {
        return batch.dsl()
                .update(CUSTOMERS)
                .set(EMAIL_NORMALIZED, lower(trim(EMAIL)))
                .where(batch.rows())
                .execute();
    }
}
