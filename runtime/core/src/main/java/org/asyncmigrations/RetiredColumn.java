package org.asyncmigrations;

import java.util.Objects;
import org.jooq.Table;

/**
 * A column that a migration removes. Immutable and thread-safe.
 *
 * @param table its table
 * @param name its name, as in {@link RetiresColumn}
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
