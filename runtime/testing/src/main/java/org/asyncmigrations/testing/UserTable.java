package org.asyncmigrations.testing;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * One of the user's tables.
 *
 * @param name its name
 * @param columns its columns, in order
 * @param key the columns of its primary key, empty for none
 * @param references its foreign keys
 */
record UserTable(String name, List<Column> columns, List<String> key, Set<Reference> references) {
    UserTable {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
        references = Set.copyOf(references);
    }

    /**
     * A column.
     *
     * @param name its name
     * @param type its type, from {@link java.sql.Types}
     * @param generated whether the database computes it from others
     * @param numbered whether the database gives it its own value, by an identity, a sequence or a function
     */
    record Column(String name, int type, boolean generated, boolean numbered) {
        Name quoted() {
            return DSL.name(name);
        }
    }

    /**
     * A column of a foreign key.
     *
     * @param column its name
     * @param table the table that it refers to
     */
    record Reference(String column, String table) {}

    /** {@return whether the database generates its rows' keys} */
    boolean isNumbered() {
        return key.size() == 1
                && columns.stream()
                        .anyMatch(column -> column.numbered() && column.name().equals(key.get(0)));
    }

    /** {@return the tables that its foreign keys refer to} */
    Set<String> parents() {
        return references.stream().map(Reference::table).collect(Collectors.toSet());
    }

    Table<?> table() {
        return DSL.table(DSL.name(name));
    }

    /** {@return the columns that can be written} */
    List<Field<Object>> written() {
        return columns.stream()
                .filter(column -> !column.generated())
                .map(column -> DSL.field(column.quoted()))
                .toList();
    }
}
