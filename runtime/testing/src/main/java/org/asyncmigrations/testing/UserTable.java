package org.asyncmigrations.testing;

import java.util.List;
import java.util.Set;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * A table of the user's.
 *
 * @param name its name
 * @param columns its columns, in order
 * @param key the columns of its primary key, none where it has none
 * @param parents the tables that its foreign keys name
 */
record UserTable(String name, List<Column> columns, List<String> key, Set<String> parents) {
    UserTable {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
        parents = Set.copyOf(parents);
    }

    /**
     * A column.
     *
     * @param name its name
     * @param type its type, one of {@link java.sql.Types}
     * @param generated whether the database computes it from others
     */
    record Column(String name, int type, boolean generated) {
        Name quoted() {
            return DSL.name(name);
        }
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
