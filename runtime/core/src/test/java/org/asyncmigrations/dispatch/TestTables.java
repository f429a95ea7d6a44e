package org.asyncmigrations.dispatch;

import org.asyncmigrations.state.MigrationBuilds;
import org.asyncmigrations.state.MigrationEvents;
import org.asyncmigrations.state.MigrationInstances;
import org.asyncmigrations.state.MigrationRanges;
import org.asyncmigrations.state.MigrationRejects;
import org.asyncmigrations.state.SchemaMigrations;
import org.asyncmigrations.state.StateTables;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** The state tables as the processor writes them, without records: what a registry needs and no more. */
public final class TestTables {
    private TestTables() {}

    /** {@return tables of the default prefix} */
    public static StateTables all() {
        return all("async_");
    }

    /** {@return tables of a prefix} */
    public static StateTables all(String prefix) {
        return new StateTables(
                new Migrations(prefix),
                new Ranges(prefix),
                new Rejects(prefix),
                new Events(prefix),
                new Builds(prefix),
                new Instances(prefix));
    }

    private static final class Migrations extends SchemaMigrations<Record> {
        private static final long serialVersionUID = 1L;

        Migrations(String prefix) {
            super(DSL.name(prefix + "schema_migrations"), null, null);
        }
    }

    private static final class Ranges extends MigrationRanges<Record> {
        private static final long serialVersionUID = 1L;

        Ranges(String prefix) {
            super(DSL.name(prefix + "migration_ranges"), null, null);
        }
    }

    private static final class Rejects extends MigrationRejects<Record> {
        private static final long serialVersionUID = 1L;

        Rejects(String prefix) {
            super(DSL.name(prefix + "migration_rejects"), null, null);
        }
    }

    private static final class Events extends MigrationEvents<Record> {
        private static final long serialVersionUID = 1L;

        Events(String prefix) {
            super(DSL.name(prefix + "migration_events"), null, null);
        }
    }

    private static final class Builds extends MigrationBuilds<Record> {
        private static final long serialVersionUID = 1L;

        Builds(String prefix) {
            super(DSL.name(prefix + "migration_builds"), null, null);
        }
    }

    private static final class Instances extends MigrationInstances<Record> {
        private static final long serialVersionUID = 1L;

        Instances(String prefix) {
            super(DSL.name(prefix + "migration_instances"), null, null);
        }
    }
}
