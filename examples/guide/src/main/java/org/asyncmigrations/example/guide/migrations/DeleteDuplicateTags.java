package org.asyncmigrations.example.guide.migrations;

import static org.asyncmigrations.example.guide.schema.Tables.TAGS;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.selectOne;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.example.guide.schema.tables.Tags;
import org.jooq.Condition;

/** Deletes duplicates: of each name, the row with the lowest ID stays. */
@AsyncMigration(version = 20261103_093000L)
@Idempotent(By.PENDING_ROWS)
public final class DeleteDuplicateTags implements BatchMigration {
    private static final Tags EARLIER = TAGS.as("earlier");

    @Override
    public BatchKey key() {
        return BatchKey.of(TAGS.ID);
    }

    @Override
    public Condition pending() {
        return exists(
                selectOne().from(EARLIER).where(EARLIER.NAME.eq(TAGS.NAME)).and(EARLIER.ID.lt(TAGS.ID)));
    }

    @Override
    public long migrate(RowBatch batch) {
        return batch.dsl().deleteFrom(TAGS).where(batch.rows()).execute();
    }
}
