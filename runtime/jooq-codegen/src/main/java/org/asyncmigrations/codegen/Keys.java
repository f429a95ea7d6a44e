package org.asyncmigrations.codegen;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jooq.ForeignKey;
import org.jooq.Index;
import org.jooq.Key;
import org.jooq.Table;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.meta.ColumnDefinition;
import org.jooq.meta.Database;
import org.jooq.meta.SchemaDefinition;
import org.jooq.tools.JooqLogger;

/**
 * The keys and indexes that contain a column. Read from the server through jOOQ's {@code Meta}, because the generator reads them
 * only once, and must do so without the column.
 *
 * @param primary the primary key's name
 * @param others what the generator leaves out together with the column, in words
 */
record Keys(Optional<String> primary, List<String> others) {
    private static final JooqLogger LOG = JooqLogger.getLogger(Keys.class);

    static Keys with(Database database, ColumnDefinition column) {
        try {
            SchemaDefinition schema = column.getSchema();
            return database
                    .create()
                    .meta()
                    .getTables(DSL.name(column.getContainer().getInputName()))
                    .stream()
                    .filter(table -> table.getSchema() == null
                            || Objects.equals(table.getSchema().getName(), schema.getInputName()))
                    .findFirst()
                    .map(table -> of(table, column.getInputName()))
                    .orElseGet(Keys::none);
        } catch (DataAccessException unreadable) {
            // XMLDatabase has no server to ask. The generator leaves the keys out all the same.
            LOG.info("The keys of " + column + " are not known", unreadable.getMessage());
            return none();
        }
    }

    private static Keys none() {
        return new Keys(Optional.empty(), List.of());
    }

    private static Keys of(Table<?> table, String column) {
        Optional<String> primary = Optional.ofNullable(table.getPrimaryKey())
                .filter(key -> has(key, column))
                .map(Key::getName);
        Stream<String> unique = table.getUniqueKeys().stream()
                .filter(key -> has(key, column))
                .map(key -> "the unique key " + key.getName());
        Stream<String> indexes = table.getIndexes().stream()
                .filter(index -> has(index, column))
                .map(index -> "the index " + index.getName());
        Stream<String> references = table.getReferences().stream()
                .filter(key -> has(key, column))
                .map(key -> "the foreign key " + key.getName());
        Stream<String> referenced = table.getUniqueKeys().stream()
                .filter(key -> has(key, column))
                .flatMap(key -> key.getReferences().stream())
                .map(Keys::ofOther);
        return new Keys(
                primary,
                Stream.of(unique, indexes, references, referenced)
                        .flatMap(part -> part)
                        .distinct()
                        .toList());
    }

    private static String ofOther(ForeignKey<?, ?> key) {
        return "the foreign key " + key.getName() + " of " + key.getTable().getName();
    }

    private static boolean has(Key<?> key, String column) {
        return key.getFields().stream().map(Field::getName).anyMatch(column::equals);
    }

    private static boolean has(Index index, String column) {
        return index.getFields().stream().anyMatch(field -> field.getName().equals(column));
    }
}
