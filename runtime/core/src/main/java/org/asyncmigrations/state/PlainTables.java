package org.asyncmigrations.state;

import org.jooq.Record;
import org.jooq.Schema;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The state tables without generated classes. Stateless and thread-safe. */
final class PlainTables {
    private PlainTables() {}

    static StateTables of(@Nullable Schema schema, String prefix) {
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

        Migrations(@Nullable Schema schema, String prefix) {
            super(DSL.name(prefix + "schema_migrations"), schema, null);
        }
    }

    private static final class Ranges extends MigrationRanges<Record> {
        private static final long serialVersionUID = 1L;

        Ranges(@Nullable Schema schema, String prefix) {
            super(DSL.name(prefix + "migration_ranges"), schema, null);
        }
    }

    private static final class Rejects extends MigrationRejects<Record> {
        private static final long serialVersionUID = 1L;

        Rejects(@Nullable Schema schema, String prefix) {
            super(DSL.name(prefix + "migration_rejects"), schema, null);
        }
    }

    private static final class Events extends MigrationEvents<Record> {
        private static final long serialVersionUID = 1L;

        Events(@Nullable Schema schema, String prefix) {
            super(DSL.name(prefix + "migration_events"), schema, null);
        }
    }

    private static final class Builds extends MigrationBuilds<Record> {
        private static final long serialVersionUID = 1L;

        Builds(@Nullable Schema schema, String prefix) {
            super(DSL.name(prefix + "migration_builds"), schema, null);
        }
    }

    private static final class Instances extends MigrationInstances<Record> {
        private static final long serialVersionUID = 1L;

        Instances(@Nullable Schema schema, String prefix) {
            super(DSL.name(prefix + "migration_instances"), schema, null);
        }
    }
}
