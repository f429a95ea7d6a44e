package org.asyncmigrations.schema;

import java.util.List;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/**
 * What has a name in MariaDB's catalog. Immutable.
 *
 * @param schema the database
 * @param name the name, as the catalog spells it if something has it
 * @param type a kind of table or a view, empty if nothing has the name
 * @param definition a view's query, otherwise empty
 */
record InnoDbRelation(String schema, String name, String type, String definition) {
    private static final String TABLE = "select table_name, table_type from information_schema.tables"
            + " where table_schema = {0} and table_name = {1}";

    private static final String VIEW =
            "select view_definition from information_schema.views" + " where table_schema = {0} and table_name = {1}";

    private static final String COLUMNS = "select column_name from information_schema.columns"
            + " where table_schema = {0} and table_name = {1} order by ordinal_position";

    static InnoDbRelation of(DSLContext dsl, String schema, String name) {
        Record row = dsl.fetchOne(TABLE, DSL.val(schema), DSL.val(name));
        if (row == null) {
            return new InnoDbRelation(schema, name, "", "");
        }
        String type = row.get(1, String.class);
        Object definition = "VIEW".equals(type) ? dsl.fetchValue(VIEW, DSL.val(schema), DSL.val(name)) : "";
        return new InnoDbRelation(schema, row.get(0, String.class), type, String.valueOf(definition));
    }

    boolean isThere() {
        return !type.isEmpty();
    }

    boolean isTable() {
        return "BASE TABLE".equals(type);
    }

    /** {@return whether this is a view that has columns of another relation under their own names, and nothing else} */
    boolean shows(InnoDbRelation other) {
        return Pattern.matches(
                "select (?:" + column(other) + "(?:,| (?=from )))+from " + Pattern.quote(other.path()), definition);
    }

    boolean shows(InnoDbRelation other, List<String> columns) {
        return shows(other)
                && Pattern.compile(column(other))
                        .matcher(definition)
                        .results()
                        .map(column -> column.group(1))
                        .toList()
                        .equals(columns.stream().map(InnoDbRelation::quoted).toList());
    }

    /** The server writes the database before the columns of a table, and not before those of a view. */
    private static String column(InnoDbRelation of) {
        return "(?:" + Pattern.quote(quoted(of.schema) + ".") + ")?" + Pattern.quote(quoted(of.name) + ".")
                + "(`(?:[^`]|``)+`) AS \\1";
    }

    List<String> columns(DSLContext dsl) {
        return dsl.fetch(COLUMNS, DSL.val(schema), DSL.val(name)).getValues(0, String.class);
    }

    /** {@return the name with its database, in quotes} */
    String path() {
        return quoted(schema) + "." + quoted(name);
    }

    static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
