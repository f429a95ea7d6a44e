package org.asyncmigrations.dispatch;

import org.asyncmigrations.state.MigrationBuilds;
import org.asyncmigrations.state.MigrationEvents;
import org.asyncmigrations.state.MigrationInstances;
import org.asyncmigrations.state.MigrationRanges;
import org.asyncmigrations.state.MigrationRejects;
import org.asyncmigrations.state.SchemaMigrations;
import org.asyncmigrations.state.StateTables;
import org.jooq.Record;
import org.jooq.Schema;
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
        return in(null, prefix);
    }

    /** {@return tables of a schema and a prefix} */
    public static StateTables all(String schema, String prefix) {
        return in(DSL.schema(DSL.name(schema)), prefix);
    }

    private static StateTables in(Schema schema, String prefix) {
        return new StateTables(
                new Migrations(schema, prefix),
                new Ranges(schema, prefix),
                new Rejects(schema, prefix),
                new Events(schema, prefix),
                new Builds(schema, prefix),
                new Instances(schema, prefix));
    }

    private static final class Migrations extends SchemaMigrations<Record> {
        private static final long serialVersionUID = 1L;

        Migrations(Schema schema, String prefix) {
            super(DSL.name(prefix + "schema_migrations"), schema, null);
        }
    }

    private static final class Ranges extends MigrationRanges<Record> {
        private static final long serialVersionUID = 1L;

        Ranges(Schema schema, String prefix) {
            super(DSL.name(prefix + "migration_ranges"), schema, null);
        }
    }

    private static final class Rejects extends MigrationRejects<Record> {
        private static final long serialVersionUID = 1L;

        Rejects(Schema schema, String prefix) {
            super(DSL.name(prefix + "migration_rejects"), schema, null);
        }
    }

    private static final class Events extends MigrationEvents<Record> {
        private static final long serialVersionUID = 1L;

        Events(Schema schema, String prefix) {
            super(DSL.name(prefix + "migration_events"), schema, null);
        }
    }

    private static final class Builds extends MigrationBuilds<Record> {
        private static final long serialVersionUID = 1L;

        Builds(Schema schema, String prefix) {
            super(DSL.name(prefix + "migration_builds"), schema, null);
        }
    }

    private static final class Instances extends MigrationInstances<Record> {
        private static final long serialVersionUID = 1L;

        Instances(Schema schema, String prefix) {
            super(DSL.name(prefix + "migration_instances"), schema, null);
        }
    }
}
