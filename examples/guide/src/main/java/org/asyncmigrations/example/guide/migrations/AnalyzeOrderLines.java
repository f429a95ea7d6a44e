package org.asyncmigrations.example.guide.migrations;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.MigrationRun;

/** A migration in one piece that may run twice, with a reason that a reviewer can check. */
@AsyncMigration(version = 20261101_103000L, after = FillPriceCents.class, transactional = false)
@Idempotent(value = By.DECLARATION, because = "vacuum and analyze change no row")
public final class AnalyzeOrderLines implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {
        run.dsl().execute("vacuum analyze order_lines");
    }
}
