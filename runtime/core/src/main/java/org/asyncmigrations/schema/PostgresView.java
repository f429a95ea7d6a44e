package org.asyncmigrations.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import org.asyncmigrations.RenameByView.ColumnNames;
import org.asyncmigrations.RenameByView.Names;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL: a table or a column gets another name, and a view takes the old one, in one transaction. The view is recognized by its
 * comment. Used by one thread.
 */
final class PostgresView implements StepwiseChange {
    private static final String RELATION =
            "select c.oid, c.relkind::text as kind, n.nspname as schema, c.relname as name,"
                    + " obj_description(c.oid, 'pg_class') as comment, r.rolname as owner, r.rolname = current_user as own,"
                    + " array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0"
                    + " and not a.attisdropped order by a.attnum) as columns"
                    + " from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_roles r on r.oid = c.relowner"
                    + " where c.oid = to_regclass({0})";

    /** What follows the last point that is outside of quotes. */
    private static final String LAST_NAME = "(?:\"(?:[^\"]|\"\")*\"|[^\".]+)$";

    private final DSLContext dsl;
    private final Names names;
    private final @Nullable Relation table;
    private final @Nullable Relation renamed;

    /** A table or a view. */
    record Relation(
            long oid,
            String kind,
            String schema,
            String name,
            @Nullable String comment,
            @Nullable String owner,
            List<String> columns) {
        boolean isTable() {
            return "r".equals(kind) || "p".equals(kind);
        }
    }

    PostgresView(DSLContext dsl, Names names) {
        this.dsl = dsl;
        this.names = names;
        String old = dsl.render(names.table());
        this.table = relation(old);
        String place = table == null ? old : quoted(table.schema()) + "." + quoted(table.name());
        this.renamed = relation(place.replaceFirst(LAST_NAME, Matcher.quoteReplacement(quoted(names.renamed()))));
    }

    private @Nullable Relation relation(String name) {
        Record row = dsl.fetchOne(RELATION, DSL.val(name));
        return row == null
                ? null
                : new Relation(
                        row.get("oid", long.class),
                        row.get("kind", String.class),
                        row.get("schema", String.class),
                        row.get("name", String.class),
                        row.get("comment", String.class),
                        row.get("own", boolean.class) ? null : row.get("owner", String.class),
                        List.of(row.get("columns", String[].class)));
    }

    @Override
    public List<SchemaStatement> expand() {
        if (isViewed() || isContracted()) {
            return List.of();
        }
        if (table == null) {
            throw said().missing();
        }
        new PostgresViewRules(dsl, names, table, renamed).requireFitting();
        return List.of(SchemaStatement.atOnce(String.join(";\n", renaming(table))));
    }

    @Override
    public List<SchemaStatement> contract() {
        if (!isViewed()) {
            if (isContracted()) {
                return List.of();
            }
            throw said().notExpanded();
        }
        String back = names.column() == null ? "" : ";\n" + nameBack();
        return List.of(SchemaStatement.atOnce("drop view " + path(oldName()) + back));
    }

    @Override
    public List<SchemaStatement> undo() {
        if (isViewed()) {
            ColumnNames column = names.column();
            String back = column == null
                    ? ""
                    : ";\n" + renameColumn(path(oldName()), name(column.renamed()), name(column.old()));
            return List.of(SchemaStatement.atOnce("drop view " + path(oldName()) + ";\n" + nameBack() + back));
        }
        if (isContracted() || table == null) {
            throw said().gone();
        }
        return List.of();
    }

    /** {@return whether the view is there, and what it shows} */
    private boolean isViewed() {
        return table != null
                && "v".equals(table.kind())
                && mark().equals(table.comment())
                && renamed != null
                && renamed.isTable();
    }

    /** {@return whether nothing has the old name any more} */
    private boolean isContracted() {
        ColumnNames column = names.column();
        if (column == null) {
            return table == null && renamed != null && renamed.isTable();
        }
        return renamed == null
                && table != null
                && table.isTable()
                && table.columns().contains(name(column.renamed()))
                && !table.columns().contains(name(column.old()));
    }

    private RenamedTable said() {
        return new RenamedTable(names, oldName());
    }

    private List<String> renaming(Relation from) {
        List<String> parts = new ArrayList<>();
        ColumnNames column = names.column();
        String old = path(from.name());
        if (column != null) {
            parts.add(renameColumn(old, name(column.old()), name(column.renamed())));
        }
        parts.add("alter table " + old + " rename to " + quoted(names.renamed()));
        // Each user needs the rights on the table that it had, and sees the rows that it saw.
        parts.add("create view " + old + " with (security_invoker = true) as select " + String.join(", ", shown(from))
                + " from " + path(names.renamed()));
        if (from.owner() != null) {
            parts.add("alter view " + old + " owner to " + quoted(from.owner()));
        }
        parts.addAll(new PostgresGrants(dsl, from.oid(), old, this::columnsOf).statements());
        parts.add("comment on view " + old + " is '" + mark().replace("'", "''") + "'");
        return parts;
    }

    /** In the place of the old column its name is kept, for statements that name no column. */
    private List<String> shown(Relation from) {
        List<String> shown = new ArrayList<>();
        for (String one : from.columns()) {
            List<String> both = columnsOf(one);
            shown.add(both.size() == 1 ? quoted(one) : quoted(both.get(1)) + " as " + quoted(one));
        }
        ColumnNames column = names.column();
        if (column != null) {
            shown.add(quoted(name(column.renamed())));
        }
        return shown;
    }

    /** {@return the names that the view has for a column of the table} */
    private List<String> columnsOf(String column) {
        ColumnNames both = names.column();
        return both != null && column.equals(name(both.old()))
                ? List.of(column, name(both.renamed()))
                : List.of(column);
    }

    private String mark() {
        ColumnNames column = names.column();
        return "async-migrations: the old name of " + names.renamed()
                + (column == null
                        ? ""
                        : ", and " + name(column.old()) + " is the old name of " + name(column.renamed()));
    }

    private String nameBack() {
        return "alter table " + path(names.renamed()) + " rename to " + quoted(oldName());
    }

    private static String name(Field<?> column) {
        return SchemaText.name(column);
    }

    private String renameColumn(String path, String from, String to) {
        return "alter table " + path + " rename column " + quoted(from) + " to " + quoted(to);
    }

    private String oldName() {
        return table == null ? names.table().getName() : table.name();
    }

    private String path(String name) {
        Relation any = table == null ? renamed : table;
        return (any == null ? "" : quoted(any.schema()) + ".") + quoted(name);
    }

    private String quoted(String name) {
        return dsl.render(DSL.quotedName(name));
    }
}
