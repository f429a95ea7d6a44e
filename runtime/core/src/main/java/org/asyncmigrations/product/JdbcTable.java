package org.asyncmigrations.product;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.asyncmigrations.product.TableShape.Collation;
import org.asyncmigrations.product.TableShape.Place;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** The shape of a table, as the JDBC drivers of MariaDB, MySQL and H2 report it. */
final class JdbcTable {
    private JdbcTable() {}

    static TableShape read(DSLContext dsl, Place place, Map<String, Collation> collations) {
        return dsl.connectionResult(connection -> read(connection.getMetaData(), place, collations));
    }

    private static TableShape read(DatabaseMetaData data, Place place, Map<String, Collation> collations)
            throws SQLException {
        String schema = place.schema().isEmpty() ? place.catalog() : place.schema();
        return new TableShape(
                schema, place.table(), columns(data, place, collations), unique(data, place), primaryKey(data, place));
    }

    private static Map<String, TableShape.Column> columns(
            DatabaseMetaData data, Place place, Map<String, Collation> collations) throws SQLException {
        Map<String, TableShape.Column> columns = new HashMap<>();
        try (ResultSet row = data.getColumns(named(place.catalog()), named(place.schema()), place.table(), null)) {
            while (row.next()) {
                // The arguments are patterns: an underscore in a name matches other tables too.
                if (place.table().equals(row.getString("TABLE_NAME"))) {
                    String name = row.getString("COLUMN_NAME");
                    columns.put(
                            name,
                            new TableShape.Column(
                                    row.getString("TYPE_NAME").toUpperCase(Locale.ROOT),
                                    row.getInt("NULLABLE") != DatabaseMetaData.columnNoNulls,
                                    row.getInt("COLUMN_SIZE"),
                                    row.getInt("DECIMAL_DIGITS"),
                                    collations.get(name)));
                }
            }
        }
        return columns;
    }

    private static List<Set<String>> unique(DatabaseMetaData data, Place place) throws SQLException {
        Map<String, Set<String>> indexes = new HashMap<>();
        Set<String> overExpressions = new HashSet<>();
        try (ResultSet row =
                data.getIndexInfo(named(place.catalog()), named(place.schema()), place.table(), true, true)) {
            while (row.next()) {
                String index = row.getString("INDEX_NAME");
                String column = row.getString("COLUMN_NAME");
                if (column == null) {
                    overExpressions.add(index);
                } else {
                    indexes.computeIfAbsent(index, name -> new HashSet<>()).add(column);
                }
            }
        }
        indexes.keySet().removeAll(overExpressions);
        return List.copyOf(indexes.values());
    }

    private static List<String> primaryKey(DatabaseMetaData data, Place place) throws SQLException {
        Map<Integer, String> names = new TreeMap<>();
        try (ResultSet row = data.getPrimaryKeys(named(place.catalog()), named(place.schema()), place.table())) {
            while (row.next()) {
                names.put(row.getInt("KEY_SEQ"), row.getString("COLUMN_NAME"));
            }
        }
        Collection<String> inOrder = names.values();
        return List.copyOf(inOrder);
    }

    private static @Nullable String named(String name) {
        return name.isEmpty() ? null : name;
    }
}
