package org.asyncmigrations.example.quickstart.migrations;

import static org.asyncmigrations.example.quickstart.schema.Tables.PLANS;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.MigrationRun;

/** Raises a few prices. A second run would raise them again, so the prices and the migration's record commit together. */
@AsyncMigration(version = 20261123_080000L, description = "prices with 19 % tax")
@Idempotent(By.TRANSACTION)
@SuppressWarnings("UnboundedChange") // only a few rows
public final class AddTaxToPlans implements DataMigration {
    @Override
    public void migrate(MigrationRun run) {
        run.dsl()
                .update(PLANS)
                .set(PLANS.PRICE_CENTS, PLANS.PRICE_CENTS.mul(119).div(100))
                .execute();
    }
}
