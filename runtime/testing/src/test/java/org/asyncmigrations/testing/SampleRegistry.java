package org.asyncmigrations.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.asyncmigrations.By;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.dispatch.Dispatcher;
import org.asyncmigrations.dispatch.MigrationCatalog;
import org.asyncmigrations.dispatch.RegistryBuilder;
import org.asyncmigrations.state.StateTables;

/** A registry made by hand, with services that are the data source. */
final class SampleRegistry {
    private final List<MigrationEntry> entries = new ArrayList<>();
    private final List<Function<DataSource, ?>> makers = new ArrayList<>();

    static SampleRegistry of(By marker, Supplier<?> migration) {
        return new SampleRegistry().and(marker, migration);
    }

    /** {@return this, with a further migration, one version later} */
    SampleRegistry and(By marker, Supplier<?> migration) {
        return withServices(marker, dataSource -> migration.get());
    }

    SampleRegistry withServices(By marker, Function<DataSource, ?> migration) {
        long version = entries.size() + 1L;
        makers.add(migration);
        entries.add(MigrationEntry.async(version, "sample.M" + version, marker, "f" + version));
        return this;
    }

    /** {@return this, with the last migration in auto-commit} */
    SampleRegistry withoutTransaction() {
        int last = entries.size() - 1;
        entries.set(last, entries.get(last).withoutTransaction());
        return this;
    }

    /** {@return this, with the last migration behind a version of the schema} */
    SampleRegistry requiringSchema(String version) {
        int last = entries.size() - 1;
        entries.set(last, entries.get(last).requiringSchema(version));
        return this;
    }

    RegistryBuilder<Dispatcher> builder(DataSource dataSource) {
        return RegistryBuilder.of(dataSource, new Catalog(dataSource));
    }

    private final class Catalog implements MigrationCatalog<Dispatcher> {
        private final DataSource services;

        Catalog(DataSource services) {
            this.services = services;
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
            return makers.get(index).apply(services);
        }

        @Override
        public StateTables tables() {
            return SampleTables.all();
        }

        @Override
        public Dispatcher registry(Dispatcher dispatcher) {
            return dispatcher;
        }
    }
}
