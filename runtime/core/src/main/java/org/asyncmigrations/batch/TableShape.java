package org.asyncmigrations.batch;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * What a database says of one real table.
 *
 * @param schema where it is: a schema, on MariaDB and MySQL a database
 * @param name its name, as the database writes it
 * @param columns its columns, by name as the database writes it
 * @param unique sets of columns that no two rows share
 * @param primaryKey the columns of its primary key in their order, none without
 */
record TableShape(
        String schema, String name, Map<String, Column> columns, List<Set<String>> unique, List<String> primaryKey) {
    /**
     * A column.
     *
     * @param type its type's name; on PostgreSQL fit for a cast
     * @param nullable whether it may be null
     * @param precision digits, of a decimal
     * @param scale digits behind the point, of a decimal
     * @param collation of a text column of MariaDB's or MySQL's; null elsewhere, where the column's own goes before that of a
     *     value that it is compared with
     */
    record Column(
            String type,
            boolean nullable,
            int precision,
            int scale,
            @Nullable Collation collation) {
        /** What {@link PostgresTable} puts before the name of an enumeration's type. */
        static final String ENUM = "enum ";

        boolean isEnum() {
            return type.startsWith(ENUM);
        }

        /** {@return the type's name alone} */
        String castType() {
            return isEnum() ? type.substring(ENUM.length()) : type;
        }
    }

    /**
     * How the texts of a column are compared.
     *
     * @param charset the character set's name
     * @param name its own name, which on MariaDB alone does not always tell the character set
     */
    record Collation(String charset, String name) {}

    TableShape {
        columns = Map.copyOf(columns);
        unique = List.copyOf(unique);
        primaryKey = List.copyOf(primaryKey);
    }

    /**
     * Reads it.
     *
     * @param place what the driver told of the table's place
     * @throws IllegalKeyException when it is no table of its own
     */
    static TableShape read(DSLContext dsl, Table<?> table, Place place) {
        TableShape shape =
                dsl.family() == SQLDialect.POSTGRES ? PostgresTable.read(dsl, table) : JdbcTable.read(dsl, place);
        if (shape.columns.isEmpty()) {
            throw new IllegalKeyException("a batch key must be of one table, and " + table
                    + " is none that the database knows by that name; name the table itself, without alias or join");
        }
        return shape;
    }

    /** {@return whether no two rows have the same values in these columns} */
    boolean isUnique(Set<String> names) {
        return unique.stream().anyMatch(names::containsAll) || !primaryKey.isEmpty() && names.containsAll(primaryKey);
    }

    /**
     * Where a driver says that a selected column comes from.
     *
     * @param catalog its catalog, empty for unknown
     * @param schema its schema, empty for unknown
     * @param table its table, empty for unknown
     */
    record Place(String catalog, String schema, String table) {}
}
