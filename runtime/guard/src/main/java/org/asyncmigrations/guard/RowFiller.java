package org.asyncmigrations.guard;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts one row into each table of PostgreSQL that has none: a table without rows cannot tell a truncation from a rewrite. */
final class RowFiller {
    private static final String TABLES = """
            select c.oid, c.oid::regclass from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence <> 't'
              and n.nspname not in ('pg_catalog', 'information_schema')
              and not exists (select 1 from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
            order by 1""";

    /**
     * A literal for each column. Columns of keys of one type get one value, so that foreign keys find their row; of whole numbers one
     * that no sequence gives soon.
     */
    private static final String COLUMNS = """
            select quote_ident(a.attname),
                   case
                     when t.typcategory = 'N' and b.oid in ('int2'::regtype, 'int4'::regtype, 'int8'::regtype) and k.keyed then '32001'
                     when t.typcategory = 'N' then '1'
                     when t.typcategory = 'S' then '''a'''
                     when t.typcategory = 'D' and b.typname like 'time%%' and b.typname not like 'timestamp%%' then '''12:00'''
                     when t.typcategory = 'D' then '''2026-01-01'''
                     when t.typcategory = 'T' then '''1 day'''
                     when t.typcategory = 'B' then 'true'
                     when t.typcategory = 'I' then '''127.0.0.1'''
                     when t.typcategory = 'R' then '''empty'''
                     when t.typcategory = 'A' then '''{}'''
                     when t.typcategory = 'E' then
                       (select quote_literal(e.enumlabel) from pg_enum e where e.enumtypid = b.oid order by e.enumsortorder limit 1)
                     when t.typcategory = 'V' then 'repeat(''0'', ' || greatest(a.atttypmod, 1) || ')::bit varying'
                     when b.typname = 'uuid' then '''00000000-0000-0000-0000-000000000001'''
                     when b.typname in ('json', 'jsonb') then '''{}'''
                     when b.typname = 'bytea' then ''''''
                     when b.typname = 'point' then '''(0,0)'''
                     when b.typname = 'xml' then '''<a/>'''
                     when b.typname = 'tsvector' then '''a'''
                     else 'null'
                   end,
                   a.attnotnull and not a.atthasdef and a.attidentity = ''
            from pg_attribute a
            join pg_type t on t.oid = a.atttypid
            join pg_type b on b.oid = coalesce(nullif(t.typbasetype, 0), t.oid)
            cross join lateral (select exists (
              select 1 from pg_constraint c
              where c.contype in ('p', 'u', 'f') and c.conrelid = a.attrelid and a.attnum = any (c.conkey)) as keyed) k
            where a.attrelid = %d and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''""";

    private final Connection connection;
    /** Tables that have got their row, or had one. */
    private final Set<Long> filled = new HashSet<>();

    RowFiller(Connection connection) {
        this.connection = connection;
    }

    /** Fills as many tables as it can; foreign keys say in which order. Commits. */
    void fill() throws SQLException {
        Map<Long, String> tables = new LinkedHashMap<>();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            Catalog.each(statement, TABLES, row -> tables.put(row.getLong(1), row.getString(2)));
            filled.addAll(ThrowAwayRows.filled(connection, tables));
            boolean goesOn = true;
            while (goesOn) {
                goesOn = false;
                for (var table : tables.entrySet()) {
                    if (!filled.contains(table.getKey()) && fill(statement, table.getKey(), table.getValue())) {
                        filled.add(table.getKey());
                        goesOn = true;
                    }
                }
            }
        }
        connection.commit();
    }

    private boolean fill(Statement statement, long oid, String table) throws SQLException {
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        List<String> requiredNames = new ArrayList<>();
        List<String> requiredValues = new ArrayList<>();
        Catalog.each(statement, COLUMNS.formatted(oid), row -> {
            names.add(row.getString(1));
            values.add(row.getString(2));
            if (row.getBoolean(3)) {
                requiredNames.add(row.getString(1));
                requiredValues.add(row.getString(2));
            }
        });
        return insert(statement, table, names, values)
                || insert(statement, table, requiredNames, requiredValues)
                || insert(statement, table, List.of(), List.of());
    }

    private boolean insert(Statement statement, String table, List<String> names, List<String> values)
            throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            statement.execute(
                    names.isEmpty()
                            ? "insert into %s default values".formatted(table)
                            : "insert into %s (%s) overriding system value values (%s)"
                                    .formatted(table, String.join(", ", names), String.join(", ", values)));
            return true;
        } catch (SQLException notThisWay) {
            connection.rollback(before);
            return false;
        }
    }
}
