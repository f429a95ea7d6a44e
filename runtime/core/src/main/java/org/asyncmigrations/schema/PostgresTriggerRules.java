package org.asyncmigrations.schema;

import java.sql.Statement;
import java.util.List;
import org.asyncmigrations.ExpandContract.NewColumn;
import org.asyncmigrations.ExpandContract.Sides;
import org.asyncmigrations.product.Trouble;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/**
 * What keeps triggers from keeping two sides in step, as far as the catalog shows it. Used by one thread.
 *
 * @param triggers the triggers that are to be created
 */
record PostgresTriggerRules(DSLContext dsl, SchemaText text, Sides sides, PostgresTriggers triggers) {
    /**
     * Reasons against.
     *
     * @param query finds them: the table is {0}, the old column {1}, the name of the triggers {2}
     * @param why the sentence, with what was found
     */
    private record Rule(String query, String why) {}

    private static final String COLUMN = " from pg_attribute a where a.attrelid = to_regclass({0}) and a.attname = {1}";

    private static final List<Rule> RULES = List.of(
            new Rule(
                    "select 1" + COLUMN + " and (a.attgenerated <> '' or a.attidentity <> '')",
                    "column {old} of table {table} is generated, so no trigger can write it"),
            new Rule(
                    "select c.conname from pg_constraint c where exists (select 1" + COLUMN
                            + " and (c.contype = 'p' and c.conrelid = a.attrelid and a.attnum = any (c.conkey)"
                            + " or c.contype = 'f' and c.confrelid = a.attrelid and a.attnum = any (c.confkey)))",
                    "column {old} of table {table} belongs to constraint {found}: a key by which rows are found is not replaced"),
            new Rule(
                    // The server records this dependency for each column of a partition key, within an expression too.
                    "select 1 from pg_depend d where exists (select 1" + COLUMN
                            + " and d.classid = 'pg_class'::regclass and d.objid = a.attrelid and d.objsubid = a.attnum"
                            + " and d.refclassid = 'pg_class'::regclass and d.refobjid = a.attrelid"
                            + " and d.refobjsubid = 0 and d.deptype = 'i')",
                    "table {table} is partitioned by column {old}, and no trigger may move a row to another partition"),
            new Rule(
                    "select i.inhparent::regclass::text from pg_inherits i where i.inhrelid = to_regclass({0})",
                    "table {table} is a part of table {found}; let the migration name that"),
            new Rule(
                    "select i.inhrelid::regclass::text from pg_inherits i join pg_class c on c.oid = i.inhparent"
                            + " where c.oid = to_regclass({0}) and c.relkind = 'r'",
                    "table {found} inherits from table {table}, and triggers are not inherited"),
            new Rule(
                    "with recursive parts as (select to_regclass({0})::oid as part union all select i.inhrelid"
                            + " from pg_inherits i join parts p on i.inhparent = p.part)"
                            + " select t.tgname from pg_trigger t join parts p on t.tgrelid = p.part"
                            + " where not t.tgisinternal and t.tgenabled in ('O', 'A') and t.tgtype & 3 = 3"
                            + " and t.tgtype & 20 <> 0 and t.tgname collate \"C\" > {2} collate \"C\""
                            + " and t.tgname not in ({2} || '_i', {2} || '_u')",
                    "trigger {found} of table {table} fires after {name}, since PostgreSQL fires by name, and could change"
                            + " the columns; give it a name that comes earlier"),
            new Rule(
                    "select 1 from pg_subscription_rel s where s.srrelid = to_regclass({0})",
                    "a subscription writes into table {table}, and triggers don't fire for what it writes"),
            new Rule(
                    "select s from (select 'this session' as s where current_setting('session_replication_role') <> 'origin'"
                            + " union all select coalesce('role ' || r.rolname, 'the database') from pg_db_role_setting d"
                            + " left join pg_roles r on r.oid = d.setrole where d.setdatabase in"
                            + " (0, (select oid from pg_database where datname = current_database()))"
                            + " and exists (select 1 from unnest(d.setconfig) c"
                            + " where c ~ '^session_replication_role=(replica|local)')) x",
                    "session_replication_role is set for {found}, so triggers would not fire there; reset it"),
            new Rule(
                    "select current_user from pg_class c where c.oid = to_regclass({0})"
                            + " and not (pg_has_role(c.relowner, 'usage') and has_table_privilege(c.oid, 'trigger'))",
                    "the user {found} must own table {table} and have the privilege TRIGGER on it"),
            new Rule(
                    "select current_user from pg_class c where c.oid = to_regclass({0})"
                            + " and not (has_schema_privilege(c.relnamespace, 'create') and has_language_privilege('plpgsql', 'usage'))",
                    "the user {found} must have the privilege CREATE on the schema of table {table}, and USAGE on the language"
                            + " plpgsql, to create the triggers' function"));

    void requireFitting() {
        for (Rule rule : RULES) {
            Result<Record> found =
                    dsl.fetch(rule.query(), DSL.val(text.table()), DSL.val(triggers.old()), DSL.val(triggers.name()));
            if (!found.isEmpty()) {
                throw new SchemaRefusedException(rule.why()
                        .replace("{old}", triggers.old())
                        .replace("{table}", text.tableName())
                        .replace("{name}", triggers.name())
                        .replace("{found}", String.valueOf(found.get(0).get(0))));
            }
        }
        requireExpressions();
    }

    /** The server itself tries them, on an empty copy of the table. */
    private void requireExpressions() {
        send("create temporary table async_migrations_shape (like " + text.table() + ")");
        for (NewColumn one : sides.columns()) {
            if (!text.has(SchemaText.name(one))) {
                send("alter table pg_temp.async_migrations_shape add column "
                        + text.definition(SchemaText.column(one)));
            }
        }
        String from = " from pg_temp.async_migrations_shape s";
        String insert = "insert into pg_temp.async_migrations_shape (";
        String columns =
                text.quoted(sides.columns().stream().map(SchemaText::name).toList());
        requireValid(insert + columns + ") " + triggers.body().forth("s", from));
        requireValid(
                insert + text.quoted(triggers.old()) + ") " + triggers.body().back("s", from));
        send("drop table pg_temp.async_migrations_shape");
    }

    private void requireValid(String sql) {
        try {
            send(sql);
        } catch (DataAccessException refused) {
            if (refused.sqlState().startsWith("42")) {
                throw new SchemaRefusedException("an expression for column " + triggers.old() + " of table "
                        + text.tableName() + " or for the columns that replace it is refused by the server: "
                        + Trouble.words(refused)
                        + "; the new columns are computed from the old one only, and the old one"
                        + " from the new ones only, each cast to the column's type: " + sql);
            }
            throw refused;
        }
    }

    /** Not by jOOQ, which takes question marks and braces for its own. */
    private void send(String sql) {
        dsl.connection(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.setEscapeProcessing(false);
                statement.execute(sql);
            }
        });
    }
}
