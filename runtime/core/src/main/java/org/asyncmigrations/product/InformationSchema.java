package org.asyncmigrations.product;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** The part of the standard's catalog that several products share. Stateless and thread-safe. */
final class InformationSchema {
    /** For {@link #names}: the values are the schema, then the table. */
    static final String COLUMNS =
            "select lower(column_name) from information_schema.columns where table_schema = ? and table_name = ?";

    private InformationSchema() {}

    /** {@return the first column of a query's rows} */
    static Set<String> names(Connection connection, String sql, String... values) throws SQLException {
        Set<String> names = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    names.add(row.getString(1));
                }
            }
        }
        return names;
    }

    /** {@return the row estimate in a column of the catalog, 0 for none} */
    static long rows(DSLContext dsl, TableShape shape, String column) {
        Object rows = dsl.fetchValue(
                "select " + column + " from information_schema.tables where table_schema = {0} and table_name = {1}",
                DSL.val(shape.schema()),
                DSL.val(shape.name()));
        return rows instanceof Number number ? Math.max(0, number.longValue()) : 0;
    }
}
