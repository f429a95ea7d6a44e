package org.asyncmigrations.product;

import java.util.List;
import java.util.Map;
import java.util.Set;
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
public record TableShape(
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
    public record Column(
            String type,
            boolean nullable,
            int precision,
            int scale,
            @Nullable Collation collation) {
        /** What {@link PostgresTable} puts before the name of an enumeration's type. */
        static final String ENUM = "enum ";

        /** {@return whether it is of an enumeration that somebody has created} */
        public boolean isEnum() {
            return type.startsWith(ENUM);
        }

        /** {@return the type's name alone} */
        public String castType() {
            return isEnum() ? type.substring(ENUM.length()) : type;
        }
    }

    /**
     * How the texts of a column are compared.
     *
     * @param charset the character set's name
     * @param name its own name, which on MariaDB alone does not always tell the character set
     */
    public record Collation(String charset, String name) {}

    /**
     * Copies what it is given.
     *
     * @param schema where it is
     * @param name its name
     * @param columns its columns
     * @param unique sets of columns that no two rows share
     * @param primaryKey the columns of its primary key
     */
    public TableShape {
        columns = Map.copyOf(columns);
        unique = List.copyOf(unique);
        primaryKey = List.copyOf(primaryKey);
    }

    /**
     * Whether no two rows have the same values in some columns.
     *
     * @param names the columns
     * @return true if a unique index or the primary key says so
     */
    public boolean isUnique(Set<String> names) {
        return unique.stream().anyMatch(names::containsAll) || !primaryKey.isEmpty() && names.containsAll(primaryKey);
    }

    /**
     * Where a driver says that a selected column comes from.
     *
     * @param catalog its catalog, empty for unknown
     * @param schema its schema, empty for unknown
     * @param table its table, empty for unknown
     */
    public record Place(String catalog, String schema, String table) {}
}
