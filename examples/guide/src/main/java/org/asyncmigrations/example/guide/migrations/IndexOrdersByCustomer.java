package org.asyncmigrations.example.guide.migrations;

import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Guarded;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.MigrationRun;

/**
 * A statement that can't run in a transaction, so the migration checks itself whether it is done. If PostgreSQL fails to create
 * the index, it leaves an invalid one.
 */
@AsyncMigration(version = 20261101_101500L, transactional = false)
@Idempotent(By.GUARD)
public final class IndexOrdersByCustomer implements DataMigration, Guarded {
    @Override
    public boolean isDone(MigrationRun run) {
        return !run.dsl()
                .fetch("select 1 from pg_index where indisvalid and indexrelid = to_regclass('orders_by_customer')")
                .isEmpty();
    }

    @Override
    public void migrate(MigrationRun run) {
        run.dsl().execute("drop index concurrently if exists orders_by_customer");
        run.dsl().execute("create index concurrently orders_by_customer on orders (customer_id)");
    }
}
