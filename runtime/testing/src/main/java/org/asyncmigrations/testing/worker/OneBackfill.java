package org.asyncmigrations.testing.worker;

import java.util.ArrayList;
import java.util.List;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.dispatch.Dispatcher;
import org.asyncmigrations.dispatch.MigrationCatalog;
import org.asyncmigrations.state.StateTables;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** A build with a back-fill that counts how often it changes each row, and with further migrations in one piece. */
final class OneBackfill implements MigrationCatalog<Dispatcher> {
    static final Table<Record> ROWS = DSL.table(DSL.name("worker_rows"));
    static final Field<Long> ID = DSL.field(DSL.name("worker_rows", "id"), SQLDataType.BIGINT);
    static final Field<Integer> CHANGES = DSL.field(DSL.name("worker_rows", "changes"), SQLDataType.INTEGER);

    private final List<MigrationEntry> entries = new ArrayList<>();
    private final List<Object> migrations = new ArrayList<>();

    OneBackfill() {
        entries.add(MigrationEntry.async(1, "suite.CountChanges", By.PENDING_ROWS, "f1"));
        migrations.add(new CountChanges());
    }

    /** {@return this, with another migration after it} */
    OneBackfill then(DataMigration migration) {
        long version = entries.size() + 1L;
        entries.add(MigrationEntry.async(version, "suite.Then" + version, By.TRANSACTION, "f" + version));
        migrations.add(migration);
        return this;
    }

    private static final class CountChanges implements BatchMigration {
        @Override
        public BatchKey key() {
            return BatchKey.of(ROWS, ID);
        }

        @Override
        public Condition pending() {
            return CHANGES.eq(0);
        }

        @Override
        public long migrate(RowBatch batch) {
            return batch.dsl()
                    .update(ROWS)
                    .set(CHANGES, CHANGES.plus(1))
                    .where(batch.rows())
                    .execute();
        }
    }

    @Override
    public String schema() {
        return "";
    }

    @Override
    public String prefix() {
        return "async_";
    }

    @Override
    public List<MigrationEntry> entries() {
        return entries;
    }

    @Override
    public Object create(int index) {
        return migrations.get(index);
    }

    @Override
    public StateTables tables() {
        return StateTables.named(null, prefix());
    }

    @Override
    public Dispatcher registry(Dispatcher dispatcher) {
        return dispatcher;
    }
}
