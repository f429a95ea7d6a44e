package org.asyncmigrations.schema;

import java.util.List;
import java.util.Locale;
import org.asyncmigrations.ExpandContract.Sides;
import org.asyncmigrations.RenameByView.Names;
import org.asyncmigrations.SchemaChange.AddCheck;
import org.asyncmigrations.SchemaChange.AddColumn;
import org.asyncmigrations.SchemaChange.AddForeignKey;
import org.asyncmigrations.SchemaChange.CreateIndex;
import org.asyncmigrations.SchemaChange.DropColumn;
import org.asyncmigrations.SchemaChange.DropIndex;
import org.asyncmigrations.SchemaChange.SetNotNull;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * H2, which locks a table for each of these changes. Its tables are those of tests and of one process, where that does no harm. Used by
 * one thread.
 */
record H2Schema(DSLContext dsl) implements SchemaDialect {
    private static final String INDEX = "select c.column_name, c.ordering_specification, c.is_unique, i.table_name"
            + " from information_schema.indexes i join information_schema.index_columns c"
            + " on c.index_schema = i.index_schema and c.index_name = i.index_name"
            + " where i.index_schema = {0} and i.index_name = {1} order by c.ordinal_position";

    private static final String CONSTRAINT = "select t.constraint_type, t.table_name, c.check_clause"
            + " from information_schema.table_constraints t left join information_schema.check_constraints c"
            + " on c.constraint_schema = t.constraint_schema and c.constraint_name = t.constraint_name"
            + " where t.constraint_schema = {0} and t.constraint_name = {1}";

    private static final String KEY = "select k.column_name, p.table_schema, p.table_name, p.column_name,"
            + " r.delete_rule, r.update_rule from information_schema.referential_constraints r"
            + " join information_schema.key_column_usage k on k.constraint_schema = r.constraint_schema"
            + " and k.constraint_name = r.constraint_name"
            + " join information_schema.key_column_usage p on p.constraint_schema = r.unique_constraint_schema"
            + " and p.constraint_name = r.unique_constraint_name and p.ordinal_position = k.position_in_unique_constraint"
            + " where r.constraint_schema = {0} and r.constraint_name = {1} order by k.ordinal_position";

    private static final String COLUMN = "select data_type, character_maximum_length, numeric_precision, numeric_scale,"
            + " datetime_precision, is_nullable, column_default, is_identity, is_generated"
            + " from information_schema.columns where table_schema = {0} and table_name = {1} and column_name = {2}";

    /** A table as the catalog names it. */
    private record Place(String schema, String name) {}

    private Place place(Table<?> table) {
        return dsl.connectionResult(connection -> {
            try (var statement = connection.prepareStatement("select * from " + dsl.render(table) + " where false")) {
                var data = statement.getMetaData();
                return new Place(data.getSchemaName(1), data.getTableName(1));
            }
        });
    }

    @Override
    public List<SchemaStatement> createIndex(CreateIndex index) {
        SchemaText text = SchemaText.of(dsl, index.table());
        List<SchemaText.Part> parts = text.parts(index.parts());
        if (index.condition() != null || parts.stream().anyMatch(part -> part.column() == null)) {
            throw new SchemaRefusedException("H2 has neither partial indexes nor indexes on expressions, as "
                    + index.name() + " of table " + text.tableName() + " is; run this migration on PostgreSQL");
        }
        Place place = place(index.table());
        String definition = (index.isUnique() ? "unique " : "") + "index " + text.quoted(index.name()) + " on "
                + text.table() + " " + SchemaText.list(parts);
        Result<Record> found = dsl.fetch(INDEX, DSL.val(place.schema()), DSL.val(index.name()));
        if (found.isEmpty()) {
            return List.of(SchemaStatement.alone("create " + definition));
        }
        List<List<Object>> wanted = parts.stream()
                .map(part -> List.<Object>of(
                        String.valueOf(part.column()),
                        part.descends() ? "DESC" : "ASC",
                        index.isUnique(),
                        place.name()))
                .toList();
        requireSame(
                "index",
                index.name(),
                text,
                definition,
                found.map(Record::intoList).equals(wanted));
        return List.of();
    }

    @Override
    public List<SchemaStatement> dropIndex(DropIndex index) {
        SchemaText text = SchemaText.of(dsl, index.table());
        Place place = place(index.table());
        return dsl.fetch(INDEX, DSL.val(place.schema()), DSL.val(index.name())).isEmpty()
                ? List.of()
                : List.of(SchemaStatement.alone(
                        "drop index " + dsl.render(DSL.quotedName(place.schema(), index.name()))));
    }

    @Override
    public List<SchemaStatement> addForeignKey(AddForeignKey key) {
        SchemaText text = SchemaText.of(dsl, key.table());
        SchemaText referenced = SchemaText.of(dsl, key.referenced());
        Place place = place(key.table());
        Place other = place(key.referenced());
        List<String> columns = text.columns(key.columns());
        List<String> keys = referenced.columns(key.keys());
        String definition = "foreign key (" + text.quoted(columns) + ") references " + referenced.table() + " ("
                + text.quoted(keys) + ")";
        Result<Record> constraint = constraint(place, key.name());
        if (constraint.isEmpty()) {
            return List.of(constrained(text, key.name(), definition));
        }
        Result<Record> found = dsl.fetch(KEY, DSL.val(place.schema()), DSL.val(key.name()));
        boolean isSame = isOf(place, constraint, "FOREIGN KEY") && found.size() == columns.size();
        for (int i = 0; isSame && i < found.size(); i++) {
            isSame = found.get(i)
                    .intoList()
                    .subList(0, 4)
                    .equals(List.of(columns.get(i), other.schema(), other.name(), keys.get(i)));
        }
        requireSame("constraint", key.name(), text, definition, isSame);
        return List.of();
    }

    @Override
    public List<SchemaStatement> addCheck(AddCheck check) {
        SchemaText text = SchemaText.of(dsl, check.table());
        Place place = place(check.table());
        String definition = "check " + text.condition(check.condition());
        Result<Record> found = constraint(place, check.name());
        if (found.isEmpty()) {
            return List.of(constrained(text, check.name(), definition));
        }
        String clause = String.valueOf(found.get(0).get(2));
        boolean isSame = isOf(place, found, "CHECK") && bare("check" + clause).equals(bare(definition));
        requireSame("constraint", check.name(), text, definition, isSame);
        return List.of();
    }

    /** It writes conditions down in almost the same words. */
    private static String bare(String condition) {
        return condition.toLowerCase(Locale.ROOT).replaceAll("[\\s()\"]", "");
    }

    private Result<Record> constraint(Place place, String name) {
        return dsl.fetch(CONSTRAINT, DSL.val(place.schema()), DSL.val(name));
    }

    private static boolean isOf(Place place, Result<Record> constraint, String type) {
        return type.equals(constraint.get(0).get(0))
                && place.name().equals(constraint.get(0).get(1));
    }

    private static SchemaStatement constrained(SchemaText text, String name, String definition) {
        return SchemaStatement.alone(
                "alter table " + text.table() + " add constraint " + text.quoted(name) + " " + definition);
    }

    @Override
    public List<SchemaStatement> setNotNull(SetNotNull notNull) {
        SchemaText text = SchemaText.of(dsl, notNull.table());
        String column = text.column(notNull.column());
        boolean isDone = "NO".equals(column(place(notNull.table()), column).get(5));
        return isDone
                ? List.of()
                : List.of(SchemaStatement.alone(
                        "alter table " + text.table() + " alter column " + text.quoted(column) + " set not null"));
    }

    @Override
    public List<SchemaStatement> addColumn(AddColumn column) {
        SchemaText text = SchemaText.of(dsl, column.table());
        String name = column.column().getName();
        String definition = text.definition(column.column());
        if (!text.has(name)) {
            return List.of(SchemaStatement.alone("alter table " + text.table() + " add column " + definition));
        }
        Place place = place(column.table());
        dsl.execute("create table if not exists \"async_migrations_shape\" (" + definition + ")");
        try {
            List<?> wanted =
                    column(new Place(schema(), "async_migrations_shape"), name).intoList();
            requireSame(
                    "column",
                    name,
                    text,
                    definition,
                    column(place, name).intoList().equals(wanted));
        } finally {
            dsl.execute("drop table \"async_migrations_shape\"");
        }
        return List.of();
    }

    private String schema() {
        return String.valueOf(dsl.fetchValue("select current_schema"));
    }

    private Record column(Place place, String name) {
        return dsl.fetchSingle(COLUMN, DSL.val(place.schema()), DSL.val(place.name()), DSL.val(name));
    }

    @Override
    public List<SchemaStatement> dropColumn(DropColumn column) {
        SchemaText text = SchemaText.of(dsl, column.table());
        return text.spelled(column.column())
                .map(name -> SchemaStatement.alone("alter table " + text.table() + " drop column " + text.quoted(name)))
                .map(List::of)
                .orElse(List.of());
    }

    private static void requireSame(String kind, String name, SchemaText text, String wanted, boolean isSame) {
        if (!isSame) {
            throw PostgresSchema.other(kind, name, text, wanted);
        }
    }

    @Override
    public StepwiseChange steps(Sides sides) {
        throw notHere(sides.table());
    }

    @Override
    public StepwiseChange steps(Names names) {
        throw notHere(names.table());
    }

    private static SchemaRefusedException notHere(Table<?> table) {
        return new SchemaRefusedException(
                "H2 has neither triggers in SQL nor transactions for schema changes, so table " + table.getName()
                        + " is unchanged; run this migration on PostgreSQL or MariaDB");
    }
}
