package org.asyncmigrations.testing;

import org.asyncmigrations.state.MigrationBuilds;
import org.asyncmigrations.state.MigrationEvents;
import org.asyncmigrations.state.MigrationInstances;
import org.asyncmigrations.state.MigrationRanges;
import org.asyncmigrations.state.MigrationRejects;
import org.asyncmigrations.state.SchemaMigrations;
import org.asyncmigrations.state.StateTables;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** The state tables as the processor writes them, without records. */
final class SampleTables {
    private SampleTables() {}

    static StateTables all() {
        return new StateTables(
                new Migrations(), new Ranges(), new Rejects(), new Events(), new Builds(), new Instances());
    }

    private static final class Migrations extends SchemaMigrations<Record> {
        private static final long serialVersionUID = 1L;

        Migrations() {
            super(DSL.name("async_schema_migrations"), null, null);
        }
    }

    private static final class Ranges extends MigrationRanges<Record> {
        private static final long serialVersionUID = 1L;

        Ranges() {
            super(DSL.name("async_migration_ranges"), null, null);
        }
    }

    private static final class Rejects extends MigrationRejects<Record> {
        private static final long serialVersionUID = 1L;

        Rejects() {
            super(DSL.name("async_migration_rejects"), null, null);
        }
    }

    private static final class Events extends MigrationEvents<Record> {
        private static final long serialVersionUID = 1L;

        Events() {
            super(DSL.name("async_migration_events"), null, null);
        }
    }

    private static final class Builds extends MigrationBuilds<Record> {
        private static final long serialVersionUID = 1L;

        Builds() {
            super(DSL.name("async_migration_builds"), null, null);
        }
    }

    private static final class Instances extends MigrationInstances<Record> {
        private static final long serialVersionUID = 1L;

        Instances() {
            super(DSL.name("async_migration_instances"), null, null);
        }
    }
}
