package org.asyncmigrations.dispatch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.Phase;
import org.asyncmigrations.RetiredColumn;
import org.asyncmigrations.state.StateTables;
import org.jooq.Table;

/** A build made by hand: migrations as lambdas, and a builder with settings for tests. */
public final class TestCatalog implements MigrationCatalog<Dispatcher> {
    private final List<MigrationEntry> entries = new ArrayList<>();
    private final List<Callable<?>> makers = new ArrayList<>();
    private final List<MigrationEntry> retired = new ArrayList<>();
    private final List<MigrationCatalog<?>> included = new ArrayList<>();
    private final Map<Integer, List<RetiredColumn>> columns = new HashMap<>();
    private StateTables tables = TestTables.all();

    /** {@return this, with a migration in one piece} */
    public TestCatalog data(long version, DataMigration migration) {
        return with(MigrationEntry.async(version, "test.M" + version, By.TRANSACTION, "f" + version), () -> migration);
    }

    /** {@return this, with a batch migration} */
    public TestCatalog batch(long version, BatchMigration migration) {
        return with(MigrationEntry.async(version, "test.M" + version, By.PENDING_ROWS, "f" + version), () -> migration);
    }

    /** {@return this, with an after-release migration} */
    public TestCatalog afterRelease(long version, DataMigration migration) {
        return with(
                MigrationEntry.afterRelease(version, "test.M" + version, By.TRANSACTION, "f" + version),
                () -> migration);
    }

    /** {@return this, with any migration} */
    public TestCatalog with(MigrationEntry entry, Callable<?> maker) {
        entries.add(entry);
        makers.add(maker);
        return this;
    }

    /** {@return this, with a retired migration of release 2.4.0} */
    public TestCatalog retired(long version) {
        retired.add(MigrationEntry.retired(version, "test.M" + version, Phase.ASYNC, "2.4.0"));
        return this;
    }

    /** {@return this, with all migrations of another catalog} */
    public TestCatalog including(TestCatalog other) {
        included.add(other);
        return this;
    }

    /** {@return this; the last migration retires a column} */
    public TestCatalog takingAway(Table<?> table, String column) {
        columns.put(entries.size() - 1, List.of(new RetiredColumn(table, column)));
        return this;
    }

    /** {@return this, with other state tables} */
    public TestCatalog over(StateTables others) {
        tables = others;
        return this;
    }

    /** {@return a builder with a data source} */
    public RegistryBuilder<Dispatcher> on(DataSource dataSource) {
        return RegistryBuilder.of(dataSource, this).pollEvery(java.time.Duration.ofMillis(50));
    }

    /** Sends a heartbeat at once, for tests in other packages. */
    public static void beat(Dispatcher registry) {
        registry.beat();
    }

    @Override
    public String schema() {
        var schema = tables.migrations().getSchema();
        return schema == null ? "" : schema.getName();
    }

    @Override
    public String prefix() {
        String name = tables.migrations().getName();
        return name.substring(0, name.length() - "schema_migrations".length());
    }

    @Override
    public List<MigrationEntry> entries() {
        return entries;
    }

    @Override
    public List<MigrationEntry> retired() {
        return retired;
    }

    @Override
    public List<MigrationCatalog<?>> included() {
        return included;
    }

    @Override
    public List<RetiredColumn> retiredColumns(int index) {
        return columns.getOrDefault(index, List.of());
    }

    @Override
    public Object create(int index) throws Exception {
        return makers.get(index).call();
    }

    @Override
    public StateTables tables() {
        return tables;
    }

    @Override
    public Dispatcher registry(Dispatcher dispatcher) {
        return dispatcher;
    }
}
