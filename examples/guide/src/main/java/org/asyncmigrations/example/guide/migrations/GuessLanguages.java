package org.asyncmigrations.example.guide.migrations;

import static org.asyncmigrations.example.guide.schema.Tables.ORDERS;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.example.guide.Languages;
import org.jooq.Condition;

/** Changes each row in Java, with a service of the application. */
@AsyncMigration(version = 20261101_091500L)
@Idempotent(By.PENDING_ROWS)
public final class GuessLanguages implements BatchMigration {
    private final Languages languages;

    /**
     * Called by the generated registry.
     *
     * @param languages from the generated interface {@code Services}
     */
    public GuessLanguages(Languages languages) {
        this.languages = languages;
    }

    @Override
    public BatchKey key() {
        return BatchKey.of(ORDERS.ID);
    }

    @Override
    public Condition pending() {
        return ORDERS.LANGUAGE.isNull().and(ORDERS.NOTE.isNotNull());
    }

    @Override
    public long migrate(RowBatch batch) throws Exception {
        return batch.update(ORDERS, order -> order.setLanguage(languages.of(order.getNote())));
    }
}
