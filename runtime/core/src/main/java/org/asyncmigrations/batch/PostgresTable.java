package org.asyncmigrations.batch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Table;

/**
 * The shape of a table from PostgreSQL's catalog, since its driver does not tell a selected column's schema, and lists unique
 * indexes that are partial or not valid.
 */
final class PostgresTable {
    /** A type modifier of -1 gives a name that casts without cutting ({@code bpchar} instead of {@code character}). */
    private static final String COLUMNS = """
            select a.attname, not a.attnotnull as nullable,
              case when t.typtype = 'e' then 'enum ' else '' end
                || format_type(case when t.typtype = 'd' then t.typbasetype else t.oid end, -1) as type
            from pg_attribute a join pg_type t on t.oid = a.atttypid
            where a.attrelid = to_regclass({0}) and a.attnum > 0 and not a.attisdropped""";

    private static final String INDEXES = """
            select i.indisprimary, array(
              select a.attname::text from unnest(i.indkey::int2[]) with ordinality k(attnum, place)
              join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
              where k.place <= i.indnkeyatts order by k.place) as names
            from pg_index i
            where i.indrelid = to_regclass({0}) and i.indisunique and i.indisvalid and i.indpred is null and i.indexprs is null""";

    private PostgresTable() {}

    static TableShape read(DSLContext dsl, Table<?> table) {
        String name = dsl.render(table);
        Map<String, TableShape.Column> columns = new HashMap<>();
        for (Record row : dsl.fetch(COLUMNS, org.jooq.impl.DSL.val(name))) {
            columns.put(
                    row.get("attname", String.class),
                    new TableShape.Column(
                            row.get("type", String.class), row.get("nullable", Boolean.class), 0, 0, null));
        }
        List<Set<String>> unique = new ArrayList<>();
        List<String> primaryKey = List.of();
        for (Record row : dsl.fetch(INDEXES, org.jooq.impl.DSL.val(name))) {
            List<String> names = List.of(row.get("names", String[].class));
            unique.add(Set.copyOf(names));
            primaryKey = row.get("indisprimary", Boolean.class) ? names : primaryKey;
        }
        return new TableShape("", name, columns, unique, primaryKey);
    }
}
