package org.asyncmigrations.schema;

import java.util.List;
import java.util.Objects;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/**
 * Has the server write down a definition in its own form, to compare it with what is there: on an empty temporary copy of the table, in
 * a transaction that is rolled back. Used by one thread.
 */
final class PostgresShape {
    private static final String COPY = "pg_temp.async_migrations_shape";

    private static final String INDEX = "select array(select pg_get_indexdef(indexrelid, n, true)"
            + " from generate_series(1, indnatts) n order by n)::text as parts, indoption::text as options,"
            + " indclass::text as classes, indcollation::text as collations, indisunique as uniqueness,"
            + " indnkeyatts as keys, pg_get_expr(indpred, indrelid, true) as condition"
            + " from pg_index where indexrelid = {0}";

    private static final String CHECK =
            "select contype::text, pg_get_expr(conbin, conrelid, true) as condition from pg_constraint where oid = {0}";

    private static final String COLUMN =
            "select format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as not_null,"
                    + " a.attidentity::text as identity, a.attgenerated::text as generated, a.attcollation as collation,"
                    + " pg_get_expr(d.adbin, d.adrelid, true) as value from pg_attribute a"
                    + " left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum"
                    + " where a.attrelid = to_regclass({0}) and a.attname = {1} and not a.attisdropped";

    private final DSLContext dsl;
    private final SchemaText text;

    PostgresShape(DSLContext dsl, SchemaText text) {
        this.dsl = dsl;
        this.text = text;
    }

    /**
     * Refuses an index that is another one.
     *
     * @param oid the index that is there
     * @param kind how the statement begins
     * @param what what follows the table
     */
    void requireSameIndex(String name, long oid, String kind, String what) {
        copy();
        dsl.execute(kind + "async_migrations_wanted on " + COPY + what);
        Record made =
                dsl.fetchSingle(INDEX, DSL.field("to_regclass({0})::oid", DSL.val("pg_temp.async_migrations_wanted")));
        Record there = dsl.fetchSingle(INDEX, DSL.inline(oid));
        drop();
        if (!there.intoList().equals(made.intoList())) {
            throw PostgresSchema.other("index", name, text, kind.strip() + " on " + text.table() + what);
        }
    }

    /** Refuses a constraint that is another one. */
    void requireSameCheck(String name, long oid, String definition) {
        copy();
        dsl.execute("alter table " + COPY + " add constraint async_migrations_wanted " + definition);
        Object made = dsl.fetchValue(
                "select oid from pg_constraint where conrelid = to_regclass({0}) and conname = 'async_migrations_wanted'",
                DSL.val(COPY));
        Record wanted = dsl.fetchSingle(CHECK, DSL.inline(made));
        Record there = dsl.fetchSingle(CHECK, DSL.inline(oid));
        drop();
        if (!there.intoList().equals(wanted.intoList())) {
            throw PostgresSchema.other("constraint", name, text, definition);
        }
    }

    /** Refuses a column that is another one. */
    void requireSameColumn(String name, String definition) {
        dsl.execute("create temporary table async_migrations_shape (" + definition + ")");
        List<?> wanted = dsl.fetchSingle(COLUMN, DSL.val(COPY), DSL.val(name)).intoList();
        List<?> there =
                dsl.fetchSingle(COLUMN, DSL.val(text.table()), DSL.val(name)).intoList();
        drop();
        if (!there.equals(wanted)) {
            throw PostgresSchema.other("column", name, text, definition);
        }
    }

    /** A rewrite locks everybody out for as long as it takes. The server itself shows whether there would be one. */
    void requireNoRewrite(String name, String definition) {
        dsl.execute("create temporary table async_migrations_shape ()");
        Object before = file();
        dsl.execute("alter table " + COPY + " add column " + definition);
        boolean isSame = Objects.equals(before, file());
        drop();
        if (!isSame) {
            throw new SchemaRefusedException("column " + name + " of table " + text.tableName() + " (" + definition
                    + ") has a value that the server computes for each row, which would lock everybody out while it rewrites"
                    + " the table; add the column without it, and fill it with a BatchMigration");
        }
    }

    private Object file() {
        return dsl.fetchValue("select pg_relation_filenode(to_regclass({0}))", DSL.val(COPY));
    }

    private void copy() {
        dsl.execute("create temporary table async_migrations_shape (like " + text.table() + ")");
    }

    private void drop() {
        dsl.execute("drop table " + COPY);
    }
}
