package org.asyncmigrations.product;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a database knows about one table.
 *
 * @param schema its schema, on MariaDB and MySQL its database
 * @param name its name, as the database writes it
 * @param columns its columns, by name as the database writes it
 * @param unique sets of columns that are unique together
 * @param primaryKey the columns of its primary key in order, empty for none
 */
public record TableShape(
        String schema, String name, Map<String, Column> columns, List<Set<String>> unique, List<String> primaryKey) {
    /**
     * A column.
     *
     * @param type its type's name; on PostgreSQL usable in a cast
     * @param nullable whether it may be null
     * @param precision the digits of a decimal
     * @param scale the decimal places of a decimal
     * @param collation the collation of a text column on MariaDB or MySQL; null on products where a column's collation has
     *     precedence over that of the value it is compared with
     */
    public record Column(
            String type,
            boolean nullable,
            int precision,
            int scale,
            @Nullable Collation collation) {
        /** The prefix that {@link PostgresTable} adds to the name of an enum type. */
        static final String ENUM = "enum ";

        /** {@return whether its type is a user-defined enum} */
        public boolean isEnum() {
            return type.startsWith(ENUM);
        }

        /** {@return the type's name without the prefix} */
        public String castType() {
            return isEnum() ? type.substring(ENUM.length()) : type;
        }
    }

    /**
     * How the texts of a column are compared.
     *
     * @param charset the character set's name
     * @param name the collation's name, which doesn't always identify the character set on MariaDB
     */
    public record Collation(String charset, String name) {}

    /**
     * Copies its arguments.
     *
     * @param schema its schema
     * @param name its name
     * @param columns its columns
     * @param unique sets of columns that are unique together
     * @param primaryKey the columns of its primary key
     */
    public TableShape {
        columns = Map.copyOf(columns);
        unique = List.copyOf(unique);
        primaryKey = List.copyOf(primaryKey);
    }

    /**
     * Whether some columns are unique together.
     *
     * @param names the columns
     * @return true if a unique index or the primary key guarantees it
     */
    public boolean isUnique(Set<String> names) {
        return unique.stream().anyMatch(names::containsAll) || !primaryKey.isEmpty() && names.containsAll(primaryKey);
    }

    /**
     * The origin of a selected column, as a driver reports it.
     *
     * @param catalog its catalog, empty for unknown
     * @param schema its schema, empty for unknown
     * @param table its table, empty for unknown
     */
    public record Place(String catalog, String schema, String table) {}
}
