package org.asyncmigrations.benchmarks.dispatch;

import java.util.List;
import org.asyncmigrations.Backfill;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.SqlBackfill;
import org.asyncmigrations.dispatch.Dispatcher;
import org.asyncmigrations.dispatch.MigrationCatalog;
import org.asyncmigrations.state.StateTables;

/**
 * A back-fill and a migration with a gate, on the tables of one tenant's schema.
 *
 * @param schema the schema
 */
record TenantBuild(String schema) implements MigrationCatalog<Dispatcher> {
    @Override
    public String prefix() {
        return "async_";
    }

    @Override
    public List<MigrationEntry> entries() {
        return List.of(
                MigrationEntry.async(1, "com.acme.FillCents", By.PENDING_ROWS, "1"),
                MigrationEntry.afterRelease(2, "com.acme.DropTotal", By.TRANSACTION, "2"));
    }

    @Override
    public Object create(int index) {
        SqlBackfill fill = () ->
                Backfill.of(schema + ".orders", "id").pending("cents is null").set("cents", "total * 100");
        DataMigration drop = run -> run.execute("update " + schema + ".orders set total = 0 where id = 1");
        return index == 0 ? fill : drop;
    }

    @Override
    public StateTables tables() {
        return StateTables.named(schema, prefix());
    }

    @Override
    public Dispatcher registry(Dispatcher dispatcher) {
        return dispatcher;
    }
}
