package org.asyncmigrations.testing.product;

import org.asyncmigrations.state.MigrationBuilds;
import org.asyncmigrations.state.MigrationEvents;
import org.asyncmigrations.state.MigrationInstances;
import org.asyncmigrations.state.MigrationRanges;
import org.asyncmigrations.state.MigrationRejects;
import org.asyncmigrations.state.SchemaMigrations;
import org.asyncmigrations.state.StateTables;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** The state tables as the processor generates them, without records. Stateless and thread-safe. */
final class SuiteTables {
    private SuiteTables() {}

    static StateTables all() {
        return new StateTables(
                new SchemaMigrations<Record>(name("schema_migrations"), null, null) {},
                new MigrationRanges<Record>(name("migration_ranges"), null, null) {},
                new MigrationRejects<Record>(name("migration_rejects"), null, null) {},
                new MigrationEvents<Record>(name("migration_events"), null, null) {},
                new MigrationBuilds<Record>(name("migration_builds"), null, null) {},
                new MigrationInstances<Record>(name("migration_instances"), null, null) {});
    }

    private static Name name(String of) {
        return DSL.name("async_" + of);
    }
}
