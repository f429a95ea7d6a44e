package org.asyncmigrations.guard;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What PostgreSQL's catalog holds at one moment, of all that users have made. Relations are told apart by oid, since a name can go from
 * one to another.
 *
 * @param relations by oid
 * @param named functions, types and the labels of enums: what tells them apart, and how sentences begin with them
 * @param constraints of tables, by oid
 */
record Catalog(Map<Long, Relation> relations, Map<String, String> named, Map<Long, Constraint> constraints) {
    /**
     * A table, index, view or sequence.
     *
     * @param name as sentences have it, without the schema if that is public
     * @param qualified as SQL has it, whatever the search_path is
     * @param table of an index, by oid; else 0
     * @param file changes when all of it is written anew; 0 if it has none
     * @param rowSecurity whether policies hide rows
     * @param columns by number
     */
    record Relation(
            String name,
            String qualified,
            String kind,
            long table,
            long file,
            boolean rowSecurity,
            Map<Integer, Column> columns) {
        boolean isIndex() {
            return kind.equalsIgnoreCase("i");
        }

        /** A table or a partition, but not one that has partitions. */
        boolean isTable() {
            return kind.equals("r");
        }

        boolean holdsRows() {
            return "rpm".contains(kind);
        }
    }

    /**
     * A column.
     *
     * @param required whether an insert that does not name it fails
     * @param hasDefault whether such an insert gets a value other than null
     * @param type as SQL has it
     */
    record Column(String name, boolean required, boolean hasDefault, boolean notNull, String type) {}

    /** A foreign key or a check of a table, by the table's oid. */
    record Constraint(long table, String name) {}

    private static final String USERS =
            " n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_(toast|temp)' ";

    private static final String RELATIONS = """
            select c.oid, case when n.nspname = 'public' then '' else quote_ident(n.nspname) || '.' end || quote_ident(c.relname),
                   quote_ident(n.nspname) || '.' || quote_ident(c.relname), c.relkind,
                   coalesce(i.indrelid, 0), coalesce(pg_relation_filenode(c.oid), 0), c.relrowsecurity
            from pg_class c join pg_namespace n on n.oid = c.relnamespace left join pg_index i on i.indexrelid = c.oid
            where c.relkind <> 'c' and""" + USERS + "order by 2";

    private static final String COLUMNS = """
            select a.attrelid, a.attnum, quote_ident(a.attname),
                   a.attnotnull and not a.atthasdef and a.attidentity = '', a.atthasdef or a.attidentity <> '',
                   a.attnotnull, format_type(a.atttypid, a.atttypmod)
            from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
            where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'v', 'm', 'f') and""" + USERS + "order by 1, 2";

    private static final String NAMED = """
            select 'function ' || n.nspname || '.' || p.proname || ' ' || p.proargtypes::text, 'function ' || p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace where""" + USERS + """
            union all
            select 'type ' || n.nspname || '.' || t.typname, 'type ' || quote_ident(t.typname) from pg_type t join pg_namespace n on n.oid = t.typnamespace
            where t.typtype in ('d', 'e', 'r') and""" + USERS + """
            union all
            select 'label ' || e.enumtypid || ' ' || e.enumlabel,
                   'label ' || quote_literal(e.enumlabel) || ' of type ' || quote_ident(t.typname)
            from pg_enum e join pg_type t on t.oid = e.enumtypid
            order by 1""";

    private static final String CONSTRAINTS = """
            select c.oid, c.conrelid, quote_ident(c.conname)
            from pg_constraint c where c.conrelid <> 0 and c.contype in ('c', 'f')""";

    static Catalog read(Connection connection) throws SQLException {
        Map<Long, Relation> relations = new LinkedHashMap<>();
        Map<String, String> named = new LinkedHashMap<>();
        Map<Long, Constraint> constraints = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement()) {
            each(
                    statement,
                    RELATIONS,
                    row -> relations.put(
                            row.getLong(1),
                            new Relation(
                                    row.getString(2),
                                    row.getString(3),
                                    row.getString(4),
                                    row.getLong(5),
                                    row.getLong(6),
                                    row.getBoolean(7),
                                    new LinkedHashMap<>())));
            each(
                    statement,
                    COLUMNS,
                    row -> relations
                            .get(row.getLong(1))
                            .columns()
                            .put(
                                    row.getInt(2),
                                    new Column(
                                            row.getString(3),
                                            row.getBoolean(4),
                                            row.getBoolean(5),
                                            row.getBoolean(6),
                                            row.getString(7))));
            each(statement, NAMED, row -> named.put(row.getString(1), row.getString(2)));
            each(
                    statement,
                    CONSTRAINTS,
                    row -> constraints.put(row.getLong(1), new Constraint(row.getLong(2), row.getString(3))));
        }
        return new Catalog(relations, named, constraints);
    }

    /** Something to do with each row. */
    interface EachRow {
        void take(ResultSet row) throws SQLException;
    }

    static void each(Statement statement, String sql, EachRow eachRow) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                eachRow.take(rows);
            }
        }
    }

    /** The name of a relation in sentences: of an index, with its table. */
    String name(long oid) {
        Relation relation = relations.get(oid);
        return relation.isIndex() && relations.containsKey(relation.table())
                ? "index %s of %s"
                        .formatted(
                                relation.name(), relations.get(relation.table()).name())
                : relation.name();
    }
}
