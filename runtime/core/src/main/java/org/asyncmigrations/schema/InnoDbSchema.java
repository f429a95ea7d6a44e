package org.asyncmigrations.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.asyncmigrations.ExpandContract.Sides;
import org.asyncmigrations.RenameByView.ColumnNames;
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
import org.jooq.DSLContext;
import org.jooq.Table;

/**
 * MariaDB and MySQL: each statement names the algorithm and the lock that it may use, so that the server refuses what would block. A
 * statement is done as a whole or not at all. Used by one thread.
 *
 * @param product which of the two
 */
record InnoDbSchema(DSLContext dsl, InnoDb product) implements SchemaDialect {
    /** What follows the type and the default of a column. */
    private static final Pattern BEHIND = Pattern.compile(" (?:COMMENT '|CHECK \\(|/\\*)");

    InnoDbStatements statements() {
        return new InnoDbStatements(product);
    }

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
            new InnoDbShape(dsl, text)
                    .requireSame(
                            "index", index.name(), found.get(), definition, "drop index " + text.quoted(index.name()));
            return List.of();
        }
        new InnoDbShape(dsl, text).requireCopy();
        return List.of(statements()
                .alter(text, "add " + definition, isMariaDb() ? InnoDbStatements.NOCOPY : InnoDbStatements.INPLACE));
    }

    @Override
    public List<SchemaStatement> dropIndex(DropIndex index) {
        SchemaText text = SchemaText.of(dsl, index.table());
        String name = text.quoted(index.name());
        return TableLines.of(dsl, text.table()).index(name).isEmpty()
                ? List.of()
                : List.of(statements()
                        .alter(
                                text,
                                "drop index " + name,
                                isMariaDb() ? InnoDbStatements.NOCOPY : InnoDbStatements.INPLACE));
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
                    statements()
                            .alter(
                                    text,
                                    "add constraint " + name + " " + definition,
                                    List.of(InnoDbStatements.INPLACE),
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
            new InnoDbShape(dsl, text)
                    .requireSame("constraint", check.name(), found.get(), definition, "drop constraint " + name);
            return List.of();
        }
        new InnoDbShape(dsl, text).requireCopy();
        return List.of(statements().alter(text, "add " + definition, InnoDbStatements.COPY));
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
        return List.of(statements().alter(text, "modify column " + withoutNull(line), InnoDbStatements.INPLACE));
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
            new InnoDbShape(dsl, text)
                    .requireSame(
                            "column", name, found.get(), "column " + definition, "drop column " + text.quoted(name));
            return List.of();
        }
        new InnoDbShape(dsl, text).requireCopy();
        return List.of(statements()
                .alter(text, "add column " + definition, InnoDbStatements.INSTANT, InnoDbStatements.INPLACE));
    }

    @Override
    public List<SchemaStatement> dropColumn(DropColumn column) {
        SchemaText text = SchemaText.of(dsl, column.table());
        return text.spelled(column.column())
                .map(name -> statements()
                        .alter(
                                text,
                                "drop column " + text.quoted(name),
                                InnoDbStatements.INSTANT,
                                InnoDbStatements.INPLACE))
                .map(List::of)
                .orElse(List.of());
    }

    private SchemaRefusedException cannot(String what, SchemaText text, String remedy) {
        return new SchemaRefusedException(product.name() + " cannot add " + what + " to table " + text.tableName()
                + " without blocking writes, so it is not done; " + remedy);
    }

    @Override
    public StepwiseChange steps(Sides sides) {
        requireMariaDb(sides.table());
        return InnoDbExpandContract.of(this, SchemaText.of(dsl, sides.table()), sides);
    }

    @Override
    public StepwiseChange steps(Names names) {
        requireMariaDb(names.table());
        ColumnNames column = names.column();
        if (column != null) {
            throw new SchemaRefusedException(
                    product.name() + " takes no inserts into a view that has a column twice, so column "
                            + SchemaText.name(column.old()) + " of table "
                            + names.table().getName() + " is left as it is; use ExpandContract.rename for it");
        }
        return InnoDbView.of(this, names);
    }

    /** MySQL has no settings for one statement, no types of columns in variables, and no defaults of long texts. */
    private void requireMariaDb(Table<?> table) {
        if (!isMariaDb()) {
            throw notHere(table);
        }
    }

    private SchemaRefusedException notHere(Table<?> table) {
        return new SchemaRefusedException(product.name() + " is not supported for this, so table " + table.getName()
                + " is left as it is; write the steps as migrations of their own: addColumn, a back-fill, dropColumn");
    }
}
