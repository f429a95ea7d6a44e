package org.asyncmigrations.codegen;

import org.jspecify.annotations.Nullable;

/**
 * An entry of the file: a column that the code no longer names.
 *
 * @param place where it is in the file
 * @param schema the schema; null if only one schema has such a table
 * @param table the table
 * @param name the column
 * @param since the first release whose generated classes don't have it
 * @param droppedBy the version of the migration that drops it, null if that isn't decided yet
 * @param filledBy what fills the column, since our inserts no longer do; null for nothing
 */
record RetiredColumn(
        Place place,
        @Nullable String schema,
        String table,
        String name,
        String since,
        @Nullable String droppedBy,
        @Nullable String filledBy) {
    /** {@return the column as it is written, without quotes} */
    @Override
    public String toString() {
        return tableName() + "." + name;
    }

    String tableName() {
        return schema == null ? table : schema + "." + table;
    }
}
