package org.asyncmigrations.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.asyncmigrations.ExpandContract.Sides;
import org.asyncmigrations.RenameByView.Names;
import org.asyncmigrations.SchemaChange.AddCheck;
import org.asyncmigrations.SchemaChange.AddColumn;
import org.asyncmigrations.SchemaChange.AddForeignKey;
import org.asyncmigrations.SchemaChange.CreateIndex;
import org.asyncmigrations.SchemaChange.DropColumn;
import org.asyncmigrations.SchemaChange.DropIndex;
import org.asyncmigrations.SchemaChange.SetNotNull;
import org.asyncmigrations.product.InnoDb;
import org.asyncmigrations.product.MariaDb;
import org.asyncmigrations.product.Trouble;
import org.jooq.DSLContext;
import org.jooq.Table;
import org.jooq.exception.DataAccessException;

/**
 * MariaDB and MySQL: each statement names the algorithm and the lock that it may use, so that the server refuses what would block. A
 * statement is done as a whole or not at all. Used by one thread.
 *
 * @param product which of the two
 */
record InnoDbSchema(DSLContext dsl, InnoDb product) implements SchemaDialect {
    private static final String INSTANT = ", algorithm=instant";
    private static final String INPLACE = ", algorithm=inplace, lock=none";
    /** MariaDB's: in place, and without a new copy of the table. */
    private static final String NOCOPY = ", algorithm=nocopy, lock=none";

    /** MariaDB's from 11.2 on: a new copy of the table, which is kept in step meanwhile. */
    private static final String COPY = ", algorithm=copy, lock=none";

    /** What follows the type and the default of a column. */
    private static final Pattern BEHIND = Pattern.compile(" (?:COMMENT '|CHECK \\(|/\\*)");

    private boolean isMariaDb() {
        return product instanceof MariaDb;
    }

    @Override
    public List<SchemaStatement> createIndex(CreateIndex index) {
        SchemaText text = SchemaText.of(dsl, index.table());
        List<SchemaText.Part> parts = text.parts(index.parts());
        if (index.condition() != null) {
            throw cannot("a partial index", text, "leave out where(…)");
        }
        if (isMariaDb() && parts.stream().anyMatch(part -> part.column() == null)) {
            throw cannot("an index on an expression", text, "add a generated column, and index that");
        }
        String definition = (index.isUnique() ? "unique " : "") + "index " + text.quoted(index.name()) + " "
                + SchemaText.list(parts);
        TableLines lines = TableLines.of(dsl, text.table());
        Optional<String> found = lines.index(text.quoted(index.name()));
        if (found.isPresent()) {
            requireSame(
                    "index", index.name(), text, found.get(), definition, "drop index " + text.quoted(index.name()));
            return List.of();
        }
        requireCopy(text);
        return List.of(alter(text, "add " + definition, isMariaDb() ? NOCOPY : INPLACE));
    }

    @Override
    public List<SchemaStatement> dropIndex(DropIndex index) {
        SchemaText text = SchemaText.of(dsl, index.table());
        String name = text.quoted(index.name());
        return TableLines.of(dsl, text.table()).index(name).isEmpty()
                ? List.of()
                : List.of(alter(text, "drop index " + name, isMariaDb() ? NOCOPY : INPLACE));
    }

    /** A server that checks the rows copies the table under a lock. So it adds the key without a look, and a query looks afterwards. */
    @Override
    public List<SchemaStatement> addForeignKey(AddForeignKey key) {
        SchemaText text = SchemaText.of(dsl, key.table());
        SchemaText referenced = SchemaText.of(dsl, key.referenced());
        List<String> columns = text.columns(key.columns());
        List<String> keys = referenced.columns(key.keys());
        String name = text.quoted(key.name());
        String definition = "foreign key (" + text.quoted(columns) + ") references " + referenced.table() + " ("
                + text.quoted(keys) + ")";
        SchemaStatement look = SchemaStatement.mustFindNone(orphans(text, referenced, columns, keys));
        Optional<String> found = TableLines.of(dsl, text.table()).constraint(name);
        if (found.isEmpty()) {
            return List.of(
                    alter(
                            text,
                            "add constraint " + name + " " + definition,
                            INPLACE,
                            Map.of("foreign_key_checks", "0")),
                    look);
        }
        String unqualified = referenced.table().replaceAll("^`(?:[^`]|``)*`\\.", "");
        String wanted = "CONSTRAINT " + name + " FOREIGN KEY (" + text.quoted(columns) + ") REFERENCES %s ("
                + text.quoted(keys) + ")";
        boolean isSame = found.get().equalsIgnoreCase(wanted.replace("%s", unqualified))
                || found.get().equalsIgnoreCase(wanted.replace("%s", referenced.table()))
                // A table that is named without quotes.
                || found.get().equalsIgnoreCase(wanted.replace("%s", text.quoted(referenced.tableName())));
        if (!isSame) {
            throw PostgresSchema.other("constraint", key.name(), text, definition);
        }
        return List.of(look);
    }

    private static String orphans(SchemaText text, SchemaText other, List<String> columns, List<String> keys) {
        List<String> set = new ArrayList<>();
        List<String> equal = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String column = "c." + text.quoted(columns.get(i));
            set.add(column + " is not null");
            equal.add("p." + other.quoted(keys.get(i)) + " = " + column);
        }
        return "select 1 from " + text.table() + " c where " + String.join(" and ", set)
                + " and not exists (select 1 from " + other.table() + " p where " + String.join(" and ", equal)
                + ") limit 1";
    }

    @Override
    public List<SchemaStatement> addCheck(AddCheck check) {
        SchemaText text = SchemaText.of(dsl, check.table());
        String name = text.quoted(check.name());
        String condition = text.condition(check.condition());
        if (!isMariaDb()) {
            throw cannot(
                    "a check",
                    text,
                    "add it in a maintenance window, by the migrations of the schema, or let the application check");
        }
        String definition = "constraint " + name + " check " + condition;
        Optional<String> found = TableLines.of(dsl, text.table()).constraint(name);
        if (found.isPresent()) {
            requireSame("constraint", check.name(), text, found.get(), definition, "drop constraint " + name);
            return List.of();
        }
        requireCopy(text);
        return List.of(alter(text, "add " + definition, COPY));
    }

    @Override
    public List<SchemaStatement> setNotNull(SetNotNull notNull) {
        SchemaText text = SchemaText.of(dsl, notNull.table());
        String column = text.column(notNull.column());
        String line =
                TableLines.of(dsl, text.table()).column(text.quoted(column)).orElseThrow();
        String bare = line.replaceAll("'(?:[^']|'')*'", "''");
        if (bare.contains(" NOT NULL")) {
            return List.of();
        }
        if (bare.startsWith(text.quoted(column) + " timestamp")
                && "0".equals(variable("explicit_defaults_for_timestamp"))) {
            throw new SchemaRefusedException("with explicit_defaults_for_timestamp off, " + product.name()
                    + " would also have each update change the column " + column + " of table " + text.tableName()
                    + ", so it is not done; set the variable on, or use datetime");
        }
        if (bare.contains(" GENERATED ")) {
            throw cannot("not null for the generated column " + column, text, "declare it when the column is added");
        }
        return List.of(alter(text, "modify column " + withoutNull(line), INPLACE));
    }

    private String variable(String name) {
        return String.valueOf(dsl.fetchValue("select @@" + name + " + 0"));
    }

    private static String withoutNull(String line) {
        String plain = line.replaceFirst("( NULL)? DEFAULT NULL| NULL(?= DEFAULT )", "");
        Matcher behind = BEHIND.matcher(plain);
        int end = behind.find() ? behind.start() : plain.length();
        return plain.substring(0, end) + " NOT NULL" + plain.substring(end);
    }

    @Override
    public List<SchemaStatement> addColumn(AddColumn column) {
        SchemaText text = SchemaText.of(dsl, column.table());
        String name = column.column().getName();
        String definition = text.definition(column.column());
        Optional<String> found = TableLines.of(dsl, text.table()).column(text.quoted(name));
        if (found.isPresent()) {
            requireSame("column", name, text, found.get(), "column " + definition, "drop column " + text.quoted(name));
            return List.of();
        }
        requireCopy(text);
        return List.of(alter(text, "add column " + definition, INSTANT, INPLACE));
    }

    @Override
    public List<SchemaStatement> dropColumn(DropColumn column) {
        SchemaText text = SchemaText.of(dsl, column.table());
        return text.spelled(column.column())
                .map(name -> alter(text, "drop column " + text.quoted(name), INSTANT, INPLACE))
                .map(List::of)
                .orElse(List.of());
    }

    private SchemaStatement alter(SchemaText text, String what, String... endings) {
        return alter(text, what, List.of(endings), Map.of());
    }

    private SchemaStatement alter(SchemaText text, String what, String ending, Map<String, String> settings) {
        return alter(text, what, List.of(ending), settings);
    }

    /** A wait for a lock lasts a whole number of seconds: one, which is the longest time that others queue behind it. */
    private SchemaStatement alter(SchemaText text, String what, List<String> endings, Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>(settings);
        all.put("lock_wait_timeout", "1");
        if (isMariaDb()) {
            all.put("max_statement_time", "0");
        }
        String sql = "alter table " + text.table() + " " + what;
        String set = all.entrySet().stream()
                .map(setting -> setting.getKey() + " = " + setting.getValue())
                .collect(Collectors.joining(", ", "set statement ", " for "));
        return isMariaDb()
                ? new SchemaStatement(SchemaStatement.Way.ALONE, set + sql, endings, Map.of())
                : new SchemaStatement(SchemaStatement.Way.ALONE, sql, endings, all);
    }

    /** Has the server write down the definition on a temporary copy of the table, whose lines it writes like those of the table. */
    private void requireSame(
            String kind, String name, SchemaText text, String found, String definition, String withoutIt) {
        copy(text);
        try {
            dsl.execute("alter table async_migrations_shape " + withoutIt + ", add " + definition);
            TableLines made = TableLines.of(dsl, "async_migrations_shape");
            if (!made.has(found)) {
                throw PostgresSchema.other(kind, name, text, definition);
            }
        } finally {
            dsl.execute("drop temporary table async_migrations_shape");
        }
    }

    private void copy(SchemaText text) {
        // A claim that was lost meanwhile may have left one.
        dsl.execute("drop temporary table if exists async_migrations_shape");
        dsl.execute("create temporary table async_migrations_shape like " + text.table());
    }

    /** What can't be compared once it is there is not begun. */
    private void requireCopy(SchemaText text) {
        try {
            copy(text);
            dsl.execute("drop temporary table async_migrations_shape");
        } catch (DataAccessException refused) {
            if (Trouble.of(refused) != Trouble.ATTEMPT) {
                throw refused;
            }
            throw new SchemaRefusedException("no temporary copy of table " + text.tableName()
                    + " can be made, by which the change would be recognized when it is done ("
                    + Trouble.words(refused)
                    + "); grant the right to create temporary tables; if the table has partitions or a full-text index,"
                    + " let a migration of the schema do it");
        }
    }

    private SchemaRefusedException cannot(String what, SchemaText text, String remedy) {
        return new SchemaRefusedException(product.name() + " cannot add " + what + " to table " + text.tableName()
                + " without blocking writes, so it is not done; " + remedy);
    }

    @Override
    public List<SchemaStatement> expand(Sides sides) {
        throw onlyOnPostgres(sides.table());
    }

    @Override
    public List<SchemaStatement> expand(Names names) {
        throw onlyOnPostgres(names.table());
    }

    @Override
    public List<SchemaStatement> contract(Sides sides) {
        throw onlyOnPostgres(sides.table());
    }

    @Override
    public List<SchemaStatement> contract(Names names) {
        throw onlyOnPostgres(names.table());
    }

    @Override
    public List<SchemaStatement> undo(Sides sides) {
        throw onlyOnPostgres(sides.table());
    }

    @Override
    public List<SchemaStatement> undo(Names names) {
        throw onlyOnPostgres(names.table());
    }

    private SchemaRefusedException onlyOnPostgres(Table<?> table) {
        return new SchemaRefusedException("table " + table.getName() + " must be on PostgreSQL for this, and is on "
                + product.name() + "; write the steps as migrations of their own: addColumn, a back-fill, dropColumn");
    }
}
