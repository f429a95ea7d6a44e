package org.asyncmigrations.example.guide.migrations;

import static org.jooq.impl.DSL.condition;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.RowBatch;
import org.jooq.Condition;

/** Changes a batch in plain JDBC. */
@AsyncMigration(version = 20261101_083000L)
@Idempotent(By.PENDING_ROWS)
public final class FillDueDates implements BatchMigration {
    private static final int DAYS = 30;

    @Override
    public BatchKey key() {
        return BatchKey.of("invoices", "id");
    }

    @Override
    public Condition pending() {
        return condition("due_on is null");
    }

    @Override
    public long migrate(RowBatch batch) throws SQLException {
        String sql = "update invoices set due_on = issued_on + ? where " + batch.rowsSql();
        try (PreparedStatement update = batch.connection().prepareStatement(sql)) {
            update.setInt(1, DAYS);
            return update.executeUpdate();
        }
    }
}
