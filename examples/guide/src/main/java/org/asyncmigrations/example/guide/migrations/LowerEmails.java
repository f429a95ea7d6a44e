package org.asyncmigrations.example.guide.migrations;

import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.table;

import java.util.Locale;
import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.RowBatch;
import org.jooq.Condition;

/** Changes each row in Java, without a generated table class. */
@AsyncMigration(version = 20261101_084500L)
@Idempotent(By.PENDING_ROWS)
public final class LowerEmails implements BatchMigration {
    @Override
    public BatchKey key() {
        return BatchKey.of("invoices", "id");
    }

    @Override
    public Condition pending() {
        return condition("email_lower is null");
    }

    @Override
    public long migrate(RowBatch batch) throws Exception {
        return batch.update(
                table("invoices"),
                invoice -> invoice.set(
                        field("email_lower", String.class),
                        invoice.get("email", String.class).toLowerCase(Locale.ROOT)));
    }
}
