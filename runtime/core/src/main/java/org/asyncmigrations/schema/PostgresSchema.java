package org.asyncmigrations.schema;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.asyncmigrations.ExpandContract.Sides;
import org.asyncmigrations.RenameByView.Names;
import org.asyncmigrations.SchemaChange.AddCheck;
import org.asyncmigrations.SchemaChange.AddColumn;
import org.asyncmigrations.SchemaChange.AddForeignKey;
import org.asyncmigrations.SchemaChange.CreateIndex;
import org.asyncmigrations.SchemaChange.DropColumn;
import org.asyncmigrations.SchemaChange.DropIndex;
import org.asyncmigrations.SchemaChange.SetNotNull;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** PostgreSQL: indexes concurrently, constraints not valid and then validated. Used by one thread. */
record PostgresSchema(DSLContext dsl) implements SchemaDialect {
    /** Bytes that a name may have: the server cuts off the rest without a word. */
    private static final int LONGEST_NAME = 63;

    /**
     * Statements that run concurrently wait for others' transactions, and leave an invalid index if they may not. Nobody queues behind
     * that wait: the lock that they hold or wait for is none that reads and writes of rows conflict with.
     */
    private static final Map<String, String> FOR_ANY_TIME = Map.of("lock_timeout", "0");

    private static final String INDEX = "select i.indexrelid, i.indisvalid, i.indrelid = to_regclass({0}) as here,"
            + " exists (select 1 from pg_stat_progress_create_index p where p.index_relid = i.indexrelid) as built"
            + " from pg_class c left join pg_index i on i.indexrelid = c.oid"
            + " where c.relname = {1} and c.relnamespace = (select t.relnamespace from pg_class t where t.oid = to_regclass({0}))";

    private static final String CONSTRAINT =
            "select c.oid, c.contype::text, c.convalidated, c.confrelid = to_regclass({2}) as there,"
                    + " c.confdeltype::text || c.confupdtype::text || c.condeferrable::text as actions,"
                    + " array(select a.attname::text from unnest(c.conkey) with ordinality k(n, place)"
                    + " join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.n order by k.place) as columns,"
                    + " array(select a.attname::text from unnest(c.confkey) with ordinality k(n, place)"
                    + " join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.n order by k.place) as keys"
                    + " from pg_constraint c where c.conrelid = to_regclass({0}) and c.conname = {1}";

    /** From version 18 on, NOT NULL is a constraint, and can be one that isn't validated. */
    private static final String NOT_NULL = "select a.attnotnull, c.conname, c.convalidated from pg_attribute a"
            + " left join pg_constraint c on c.conrelid = a.attrelid and c.contype = 'n' and c.conkey = array[a.attnum]"
            + " where a.attrelid = to_regclass({0}) and a.attname = {1} and not a.attisdropped";

    @Override
    public List<SchemaStatement> createIndex(CreateIndex index) {
        SchemaText text = text(index.table(), true);
        String name = text.quoted(requireShort(index.name()));
        List<SchemaText.Part> parts = text.parts(index.parts());
        Condition condition = index.condition();
        String what = " " + SchemaText.list(parts) + (condition == null ? "" : " where " + text.condition(condition));
        String kind = "create " + (index.isUnique() ? "unique " : "") + "index ";
        SchemaStatement create = SchemaStatement.alone(kind + "concurrently " + name + " on " + text.table() + what)
                .with(FOR_ANY_TIME);
        Record found = index(text, index.name());
        if (found == null) {
            return List.of(create);
        }
        new PostgresShape(dsl, text).requireSameIndex(index.name(), found.get("indexrelid", Long.class), kind, what);
        return found.get("indisvalid", Boolean.class) ? List.of() : List.of(drop(text, index.name()), create);
    }

    @Override
    public List<SchemaStatement> dropIndex(DropIndex index) {
        SchemaText text = text(index.table(), true);
        return index(text, index.name()) == null ? List.of() : List.of(drop(text, index.name()));
    }

    private SchemaStatement drop(SchemaText text, String index) {
        String schema = dsl.fetchValue(
                        "select relnamespace::regnamespace::text from pg_class where oid = to_regclass({0})",
                        DSL.val(text.table()))
                .toString();
        return SchemaStatement.alone("drop index concurrently " + schema + "." + text.quoted(index))
                .with(FOR_ANY_TIME);
    }

    private @Nullable Record index(SchemaText text, String name) {
        Record found = dsl.fetchOne(INDEX, DSL.val(text.table()), DSL.val(name));
        if (found != null && !Boolean.TRUE.equals(found.get("here", Boolean.class))) {
            throw new SchemaRefusedException("the name " + name + " is taken in the schema of table " + text.tableName()
                    + " by something that is no index of this table; choose another name");
        }
        if (found != null && found.get("built", Boolean.class)) {
            throw new IndexBuiltElsewhereException(name);
        }
        return found;
    }

    @Override
    public List<SchemaStatement> addForeignKey(AddForeignKey key) {
        SchemaText text = text(key.table(), true);
        SchemaText referenced = text(key.referenced(), false);
        List<String> columns = text.columns(key.columns());
        List<String> keys = referenced.columns(key.keys());
        String definition = "foreign key (" + text.quoted(columns) + ") references " + referenced.table() + " ("
                + text.quoted(keys) + ")";
        Record found = constraint(text, requireShort(key.name()), referenced.table());
        if (found == null) {
            return added(text, key.name(), definition);
        }
        boolean isSame = "f".equals(found.get("contype"))
                && Boolean.TRUE.equals(found.get("there", Boolean.class))
                && "aafalse".equals(found.get("actions"))
                && columns.equals(List.of(found.get("columns", String[].class)))
                && keys.equals(List.of(found.get("keys", String[].class)));
        if (!isSame) {
            throw other("constraint", key.name(), text, definition);
        }
        return validated(text, key.name(), found);
    }

    @Override
    public List<SchemaStatement> addCheck(AddCheck check) {
        return check(text(check.table(), false), requireShort(check.name()), check.condition());
    }

    private List<SchemaStatement> check(SchemaText text, String name, Condition condition) {
        String definition = "check " + text.condition(condition);
        Record found = constraint(text, name, text.table());
        if (found == null) {
            return added(text, name, definition);
        }
        new PostgresShape(dsl, text).requireSameCheck(name, found.get("oid", Long.class), definition);
        return validated(text, name, found);
    }

    private static List<SchemaStatement> added(SchemaText text, String name, String definition) {
        return List.of(
                SchemaStatement.atOnce("alter table " + text.table() + " add constraint " + text.quoted(name) + " "
                        + definition + " not valid"),
                validate(text, name));
    }

    private static List<SchemaStatement> validated(SchemaText text, String name, Record found) {
        return found.get("convalidated", Boolean.class) ? List.of() : List.of(validate(text, name));
    }

    private static SchemaStatement validate(SchemaText text, String name) {
        return SchemaStatement.inTransaction(
                "alter table " + text.table() + " validate constraint " + text.quoted(name));
    }

    private @Nullable Record constraint(SchemaText text, String name, String other) {
        return dsl.fetchOne(CONSTRAINT, DSL.val(text.table()), DSL.val(name), DSL.val(other));
    }

    /** The server looks through the table for NULL, under its strongest lock, unless a validated check says that there is none. */
    @Override
    public List<SchemaStatement> setNotNull(SetNotNull notNull) {
        SchemaText text = text(notNull.table(), false);
        String column = text.column(notNull.column());
        String helper = helper(column);
        String table = "alter table " + text.table();
        SchemaStatement drop = SchemaStatement.atOnce(table + " drop constraint " + text.quoted(helper));
        Record found = dsl.fetchOne(NOT_NULL, DSL.val(text.table()), DSL.val(column));
        if (found != null && found.get("attnotnull", Boolean.class)) {
            if (Boolean.FALSE.equals(found.get("convalidated", Boolean.class))) {
                return List.of(validate(text, found.get("conname", String.class)));
            }
            return constraint(text, helper, text.table()) == null ? List.of() : List.of(drop);
        }
        List<SchemaStatement> left = new ArrayList<>(
                check(text, helper, DSL.field(DSL.quotedName(column)).isNotNull()));
        left.add(SchemaStatement.atOnce(table + " alter column " + text.quoted(column) + " set not null"));
        left.add(drop);
        return left;
    }

    private static String helper(String column) {
        String name = "async_" + column + "_not_null";
        return isShort(name) ? name : "async_not_null_" + Integer.toHexString(column.hashCode());
    }

    @Override
    public List<SchemaStatement> addColumn(AddColumn column) {
        SchemaText text = text(column.table(), false);
        String name = requireShort(column.column().getName());
        String definition = text.definition(column.column());
        PostgresShape shape = new PostgresShape(dsl, text);
        if (text.has(name)) {
            shape.requireSameColumn(name, definition);
            return List.of();
        }
        shape.requireNoRewrite(name, definition);
        return List.of(SchemaStatement.atOnce("alter table " + text.table() + " add column " + definition));
    }

    @Override
    public List<SchemaStatement> dropColumn(DropColumn column) {
        SchemaText text = text(column.table(), false);
        return text.spelled(column.column())
                .map(name ->
                        SchemaStatement.atOnce("alter table " + text.table() + " drop column " + text.quoted(name)))
                .map(List::of)
                .orElse(List.of());
    }

    @Override
    public StepwiseChange steps(Sides sides) {
        return new PostgresExpandContract(dsl, text(sides.table(), false), sides);
    }

    @Override
    public StepwiseChange steps(Names names) {
        return new PostgresView(dsl, names);
    }

    private SchemaText text(Table<?> table, boolean notPartitioned) {
        SchemaText text = SchemaText.of(dsl, table);
        Object kind = dsl.fetchValue(
                "select relkind::text from pg_class where oid = to_regclass({0})", DSL.val(text.table()));
        if (!"r".equals(kind) && !("p".equals(kind) && !notPartitioned)) {
            throw new SchemaRefusedException(
                    "p".equals(kind)
                            ? "table " + text.tableName()
                                    + " is partitioned, and the server cannot do this to all of its"
                                    + " partitions without blocking writes; let a migration do it to each partition"
                            : text.tableName() + " is not a table");
        }
        return text;
    }

    private static String requireShort(String name) {
        if (!isShort(name)) {
            throw new SchemaRefusedException(
                    "the name " + name + " may have at most " + LONGEST_NAME + " bytes; choose a shorter one");
        }
        return name;
    }

    private static boolean isShort(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME;
    }

    static SchemaRefusedException other(String kind, String name, SchemaText text, String wanted) {
        return new SchemaRefusedException(kind + " " + name + " of table " + text.tableName()
                + " exists with another definition than " + wanted
                + "; choose another name, or let a migration of an earlier version drop it");
    }
}
