package org.asyncmigrations.product;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * A table in PostgreSQL's catalog. Its driver doesn't report a selected column's schema, and lists unique indexes that are partial
 * or invalid. Stateless and thread-safe.
 */
final class PostgresTable {
    /** With type modifier -1, the name casts without cutting ({@code bpchar} instead of {@code character}). */
    private static final String COLUMNS = """
            select a.attname, not a.attnotnull as nullable,
              case when t.typtype = 'e' then 'enum ' else '' end
                || format_type(case when t.typtype = 'd' then t.typbasetype else t.oid end, -1) as type
            from pg_attribute a join pg_type t on t.oid = a.atttypid
            where a.attrelid = to_regclass({0}) and a.attnum > 0 and not a.attisdropped""";

    private static final String NAME = """
            select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.oid = coalesce(pg_partition_root(to_regclass({0})), to_regclass({0}))""";

    private static final String INDEXES = """
            select i.indisprimary, array(
              select a.attname::text from unnest(i.indkey::int2[]) with ordinality k(attnum, place)
              join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
              where k.place <= i.indnkeyatts order by k.place) as names
            from pg_index i
            where i.indrelid = to_regclass({0}) and i.indisunique and i.indisvalid and i.indpred is null and i.indexprs is null""";

    private static final String POLICIES = "select row_security_active(to_regclass({0}))";

    private static final String HEIRS =
            "select string_agg(i.inhrelid::regclass::text, ', ' order by i.inhrelid::regclass::text)"
                    + " from pg_inherits i join pg_class c on c.oid = i.inhparent"
                    + " where i.inhparent = to_regclass({0}) and c.relkind <> 'p'";

    /** The partitions of a partitioned table have the counters, not the table itself. */
    private static final String CHANGED =
            "select sum(pg_stat_get_xact_tuples_updated(t.oid) + pg_stat_get_xact_tuples_deleted(t.oid))::bigint"
                    + " from (select to_regclass({0})::oid as oid union select relid::oid"
                    + " from pg_partition_tree(to_regclass({0}))) t"
                    + " where current_setting('track_counts')::boolean";

    private PostgresTable() {}

    /** {@return the canonical name of a table, for a partition that of the whole table; null for none} */
    static @Nullable String nameOf(DSLContext dsl, String sql) {
        return dsl.resultQuery(NAME, DSL.inline(sql)).fetchOneInto(String.class);
    }

    static TableShape read(DSLContext dsl, Table<?> table) {
        String name = dsl.render(table);
        Map<String, TableShape.Column> columns = new HashMap<>();
        for (Record row : dsl.fetch(COLUMNS, DSL.val(name))) {
            columns.put(
                    row.get("attname", String.class),
                    new TableShape.Column(
                            row.get("type", String.class), row.get("nullable", Boolean.class), 0, 0, null));
        }
        List<Set<String>> unique = new ArrayList<>();
        List<String> primaryKey = List.of();
        for (Record row : dsl.fetch(INDEXES, DSL.val(name))) {
            List<String> names = List.of(row.get("names", String[].class));
            unique.add(Set.copyOf(names));
            primaryKey = row.get("indisprimary", Boolean.class) ? names : primaryKey;
        }
        return new TableShape("", name, columns, unique, primaryKey);
    }

    /** Rows that a policy hides would stay unchanged, and the migration would still be done. */
    static @Nullable String unwalkable(DSLContext dsl, Table<?> table, TableShape shape) {
        return !Boolean.TRUE.equals(dsl.fetchValue(POLICIES, DSL.val(shape.name())))
                ? null
                : "row-level security applies to this database user on the table " + table
                        + ", so some of its rows may be hidden and would stay as they are; let the migrations connect as a"
                        + " role with BYPASSRLS, or as the table's owner if the table does not force its policies";
    }

    /**
     * A type's operators are looked up on the search path. If they aren't found, those of another type are used: citext would be
     * compared as text but sorted as citext. Operators of enums are always found.
     */
    static @Nullable String unordered(TableShape.Column column) {
        String type = column.castType();
        int end = type.lastIndexOf('.');
        return end < 0 || column.isEnum()
                ? null
                : "has the type " + type + ", whose operators are not found, since the schema " + type.substring(0, end)
                        + " is not on the search_path of these connections; add it there, by currentSchema in the JDBC URL"
                        + " or by alter role … set search_path";
    }

    /** A key is unique only within each of the tables, so rows in several of them may share it. */
    static @Nullable String unwritable(DSLContext dsl, TableShape shape) {
        Object heirs = dsl.fetchValue(HEIRS, DSL.val(shape.name()));
        return heirs == null
                ? null
                : "the table " + shape.name() + " has tables that inherit from it (" + heirs
                        + "), and a key is unique only within each of them, so a row could get another row's value;"
                        + " change the rows with SQL, using batch.dsl() and where(batch.rows())";
    }

    /**
     * The row count of the last ANALYZE, if the size of the files suggests at most twice as many. That count is missing for a new
     * or partitioned table, and outdated after a load. But the files also contain old row versions from back-fills. So otherwise it
     * is the server's counter of live rows, or the size of the files if that counter was reset.
     */
    static long estimate(DSLContext dsl, TableShape shape, long bySize) {
        Record counts = dsl.fetchOne(
                "select coalesce(greatest(reltuples, 0), 0)::bigint, coalesce(pg_stat_get_live_tuples(oid), 0)"
                        + " from pg_class where oid = to_regclass({0})",
                DSL.val(shape.name()));
        long analyzed = counts == null ? 0 : counts.get(0, Long.class);
        long live = counts == null ? 0 : counts.get(1, Long.class);
        if (analyzed > 0 && bySize <= 2 * analyzed) {
            return analyzed;
        }
        return live > 0 && live >= analyzed / 2 ? live : Math.max(0, bySize);
    }

    /** Whether a column was added since the last ANALYZE, so that it has no statistics. */
    static boolean hasColumnsWithoutStatistics(DSLContext dsl, TableShape shape) {
        return dsl.fetchSingle(
                        "select count(*) filter (where s.attname is null) > 0 and count(s.attname) > 0"
                                + " from pg_attribute a join pg_class c on c.oid = a.attrelid"
                                + " join pg_namespace n on n.oid = c.relnamespace"
                                + " left join pg_stats s on s.schemaname = n.nspname and s.tablename = c.relname"
                                + " and s.attname = a.attname"
                                + " where a.attrelid = to_regclass({0}) and a.attnum > 0 and not a.attisdropped",
                        DSL.val(shape.name()))
                .get(0, Boolean.class);
    }

    /** How many rows this transaction has updated and deleted, negative if the server doesn't count. */
    static long rowsChanged(DSLContext dsl, TableShape shape) {
        return dsl.fetchValue(CHANGED, DSL.val(shape.name())) instanceof Long rows ? rows : -1;
    }
}
