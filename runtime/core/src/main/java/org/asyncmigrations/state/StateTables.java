package org.asyncmigrations.state;

import java.util.List;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The state tables of one registry, with the names of its generated classes. Immutable and thread-safe.
 *
 * @param migrations the migrations
 * @param ranges the open ranges
 * @param rejects the rows that were set aside
 * @param events the events
 * @param builds the builds that have been seen
 * @param instances the running registries
 */
public record StateTables(
        SchemaMigrations<?> migrations,
        MigrationRanges<?> ranges,
        MigrationRejects<?> rejects,
        MigrationEvents<?> events,
        MigrationBuilds<?> builds,
        MigrationInstances<?> instances) {
    /**
     * The tables without generated classes.
     *
     * @param schema their schema, null for the connection's own
     * @param prefix the prefix of their names
     * @return the tables
     */
    public static StateTables named(@Nullable String schema, String prefix) {
        return PlainTables.of(schema == null ? null : DSL.schema(DSL.name(schema)), prefix);
    }

    /** {@return all tables, in the order in which they are created} */
    public List<Table<?>> all() {
        return List.of(migrations, ranges, rejects, events, builds, instances);
    }
}
