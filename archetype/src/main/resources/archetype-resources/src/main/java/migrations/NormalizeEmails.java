package ${package}.migrations;

import static ${package}.tables.Tables.CUSTOMER;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.DSL.trim;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.RowBatch;
import org.jooq.Condition;
import org.jooq.Field;

/** Fills {@code email_normalized} in batches, while old and new code keep writing. */
@AsyncMigration(version = 20261101_090000L, description = "emails in one spelling, for the log-in")
@Idempotent(By.PENDING_ROWS)
public final class NormalizeEmails implements BatchMigration {
    private static final Field<String> NORMALIZED = lower(trim(CUSTOMER.EMAIL));

    /** The order in which the table is walked: the columns of a unique index, usually the primary key. */
    @Override
    public BatchKey key() {
        return BatchKey.of(CUSTOMER.ID);
    }

    /** The rows that are left to do. A row that is done must not match: only then does a second run change nothing. */
    @Override
    public Condition pending() {
        return CUSTOMER.EMAIL_NORMALIZED.isDistinctFrom(NORMALIZED);
    }

    @Override
    public long migrate(RowBatch batch) {
        return batch.dsl()
                .update(CUSTOMER)
                .set(CUSTOMER.EMAIL_NORMALIZED, NORMALIZED)
                .where(batch.rows())
                .execute();
    }
}
