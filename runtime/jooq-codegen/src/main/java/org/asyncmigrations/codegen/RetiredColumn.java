package org.asyncmigrations.codegen;

import org.jspecify.annotations.Nullable;

/**
 * An entry of the file: a column that the code no longer names.
 *
 * @param place where it is written
 * @param schema the schema, null for the only one that has such a table
 * @param table the table
 * @param name the column
 * @param since the release from which on the generated classes do not have it
 * @param droppedBy what drops it, null while that is not decided
 * @param filledBy what gives the column its value while no insert of ours does, null for nothing
 */
record RetiredColumn(
        Place place,
        @Nullable String schema,
        String table,
        String name,
        String since,
        @Nullable String droppedBy,
        @Nullable String filledBy) {
    /** As it is written, without quotes. */
    @Override
    public String toString() {
        return tableName() + "." + name;
    }

    String tableName() {
        return schema == null ? table : schema + "." + table;
    }
}
