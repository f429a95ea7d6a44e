package org.asyncmigrations;

import java.util.Objects;
import org.jooq.Table;

/**
 * A column that a migration takes away. Immutable, and so safe for threads.
 *
 * @param table its table
 * @param name its name, as {@link RetiresColumn} says it
 */
public record RetiredColumn(Table<?> table, String name) {
    /**
     * Refuses null.
     *
     * @param table its table
     * @param name its name
     */
    public RetiredColumn {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(name, "name");
    }
}
