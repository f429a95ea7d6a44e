package org.asyncmigrations.schema;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.asyncmigrations.RenameByView.ColumnNames;
import org.asyncmigrations.RenameByView.Names;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * What a view in the place of a table would change, as far as the catalog shows it. Used by one thread.
 *
 * @param table what has the old name
 * @param renamed what has the new name
 */
record PostgresViewRules(
        DSLContext dsl, Names names, PostgresView.Relation table, PostgresView.@Nullable Relation renamed) {
    private static final int LONGEST_NAME = 63;

    /** The table's oid is {0}, the new name {1}. */
    private static final List<CatalogRule> RULES = List.of(
            new CatalogRule(
                    "select current_setting('server_version') where current_setting('server_version_num')::int < 150000",
                    "a view has the rights of its user only from PostgreSQL 15 on, and this is {found};"
                            + " use ExpandContract.rename for a column"),
            new CatalogRule(
                    "select t.typname from pg_type t join pg_class c on c.oid = {0}"
                            + " where t.typname = {1} and t.typnamespace = c.relnamespace",
                    "the name {found} is taken by a type; choose another one"),
            new CatalogRule(
                    "select p.pubname from pg_publication_tables p join pg_class c on c.relname = p.tablename"
                            + " join pg_namespace n on n.oid = c.relnamespace and n.nspname = p.schemaname where c.oid = {0}",
                    "table {table} is published by {found}, and its subscribers know it by its name;"
                            + " use ExpandContract.rename for a column"),
            new CatalogRule(
                    "select 1 from pg_subscription_rel s where s.srrelid = {0}",
                    "a subscription writes into table {table} by its name; use ExpandContract.rename for a column"),
            new CatalogRule(
                    "select i.inhparent::regclass::text from pg_inherits i where i.inhrelid = {0}",
                    "table {table} is a part of table {found}, whose names it shares; rename that"),
            new CatalogRule(
                    "select i.inhrelid::regclass::text from pg_inherits i join pg_class c on c.oid = i.inhparent"
                            + " where c.oid = {0} and c.relkind = 'r'",
                    "table {found} inherits from table {table}, and a view does not support ONLY"),
            new CatalogRule(
                    "select r.rulename from pg_rewrite r where r.ev_class = {0}",
                    "table {table} has the rule {found}, which would follow it; drop that first"),
            new CatalogRule(
                    "select pg_describe_object(d.classid, d.objid, d.objsubid) from pg_class c"
                            + " join pg_type t on t.oid = c.reltype join pg_depend d on d.refclassid = 'pg_type'::regclass"
                            + " and d.refobjid in (t.oid, t.typarray) and d.deptype = 'n' where c.oid = {0}",
                    "{found} has rows of table {table} as its type, which would follow it; drop that first"),
            new CatalogRule(
                    "select current_user from pg_class c where c.oid = {0} and not (pg_has_role(c.relowner, 'usage')"
                            + " and has_schema_privilege(c.relnamespace, 'create'))",
                    "the user {found} must own table {table} and have the privilege CREATE on its schema"));

    void requireFitting() {
        if (!table.isTable()) {
            throw RenamedTable.notATable(table.name());
        }
        if (renamed != null) {
            throw RenamedTable.taken(names.renamed());
        }
        ColumnNames column = names.column();
        requireShort(names.renamed());
        if (column != null) {
            requireColumns(SchemaText.name(column.old()), SchemaText.name(column.renamed()));
        }
        CatalogRule.requireNone(
                dsl, RULES, Map.of("table", table.name()), DSL.inline(table.oid()), DSL.val(names.renamed()));
    }

    private void requireColumns(String old, String renamedColumn) {
        requireShort(renamedColumn);
        if (!table.columns().contains(old)) {
            throw new SchemaRefusedException(
                    "table " + table.name() + " has no column " + old + "; write the name as the database spells it");
        }
        if (table.columns().contains(renamedColumn)) {
            throw new SchemaRefusedException(
                    "table " + table.name() + " has a column " + renamedColumn + " already; choose another name");
        }
    }

    private static void requireShort(String name) {
        if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            throw RenamedTable.tooLong(name, LONGEST_NAME + " bytes");
        }
    }
}
