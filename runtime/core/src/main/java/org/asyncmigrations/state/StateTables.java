package org.asyncmigrations.state;

import java.util.List;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The state tables of one registry, as its generated classes name them. Immutable and thread-safe.
 *
 * @param migrations the migrations
 * @param ranges the ranges at work
 * @param rejects the rows that were set aside
 * @param events the audit
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
     * @param prefix what their names begin with
     * @return the tables
     */
    public static StateTables named(@Nullable String schema, String prefix) {
        return PlainTables.of(schema == null ? null : DSL.schema(DSL.name(schema)), prefix);
    }

    /** {@return all of them, in the order in which they are created} */
    public List<Table<?>> all() {
        return List.of(migrations, ranges, rejects, events, builds, instances);
    }
}
