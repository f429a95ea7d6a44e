package org.asyncmigrations.schema;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/**
 * What MariaDB's catalog says about one table. Used by one thread.
 *
 * @param schema the table's database
 * @param table its name
 */
record InnoDbCatalog(DSLContext dsl, String schema, String table) {
    private static final String COLUMN = "select data_type, column_type, character_set_name, collation_name,"
            + " is_nullable = 'YES', extra, column_comment, column_name from information_schema.columns"
            + " where table_schema = {0} and table_name = {1} and column_name = {2}";

    private static final String TRIGGERS = "select trigger_name, event_manipulation, action_timing, action_order,"
            + " action_statement from information_schema.triggers"
            + " where event_object_schema = {0} and event_object_table = {1} order by action_order";

    private static final String INDEXES = "select index_name from information_schema.statistics"
            + " where table_schema = {0} and table_name = {1} group by index_name"
            + " having count(*) = 1 and max(column_name) = {2}";

    /** A trigger. */
    record Trigger(String name, String event, String timing, int order, String text) {}

    /** {@return the catalog of a table, which is named in any way that a statement names it} */
    static InnoDbCatalog of(DSLContext dsl, SchemaText text) {
        return dsl.connectionResult(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet none = statement.executeQuery("select * from " + text.table() + " where false")) {
                return named(dsl, none.getMetaData());
            }
        });
    }

    private static InnoDbCatalog named(DSLContext dsl, ResultSetMetaData data) throws SQLException {
        return new InnoDbCatalog(dsl, data.getCatalogName(1), data.getTableName(1));
    }

    InnoDbColumn column(String name) {
        Record row = dsl.fetchSingle(COLUMN, DSL.val(schema), DSL.val(table), DSL.val(name));
        return new InnoDbColumn(
                row.get(7, String.class),
                row.get(0, String.class),
                row.get(1, String.class),
                row.get(2, String.class),
                row.get(3, String.class),
                row.get(4, boolean.class),
                row.get(5, String.class),
                row.get(6, String.class));
    }

    List<Trigger> triggers() {
        return dsl.fetch(TRIGGERS, DSL.val(schema), DSL.val(table))
                .map(row -> new Trigger(
                        row.get(0, String.class),
                        row.get(1, String.class),
                        row.get(2, String.class),
                        row.get(3, int.class),
                        row.get(4, String.class)));
    }

    /** {@return the indexes that have no other column} */
    List<String> indexesOf(String column) {
        return dsl.fetch(INDEXES, DSL.val(schema), DSL.val(table), DSL.val(column))
                .getValues(0, String.class);
    }
}
