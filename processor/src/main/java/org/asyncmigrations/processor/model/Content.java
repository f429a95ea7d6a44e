package org.asyncmigrations.processor.model;

import java.util.List;
import java.util.Optional;

/**
 * What a migration does to the schema and to whole tables, as far as its annotations and its body tell.
 *
 * @param permission why it may change the schema, if it says so
 * @param retired the columns that it takes away
 * @param schemaChanges the statements in its body that change the schema; read of after-release migrations only
 * @param unboundedChanges the statements that change or delete all rows of a table; read of data migrations only
 * @param batchUse what {@code migrate} does with its batch; read of batch migrations only
 * @param missing what the declaration of a back-fill lacks, by the method that would say it
 */
public record Content(
        Optional<Permission> permission,
        List<RetiredColumn> retired,
        List<Statement> schemaChanges,
        List<Statement> unboundedChanges,
        Optional<BatchUse> batchUse,
        List<Statement> missing) {
    /**
     * A {@code @ChangesSchema} annotation.
     *
     * @param because the reason in words
     * @param origin where they are
     */
    public record Permission(String because, Origin origin) {}

    /**
     * A statement that a body builds or sends.
     *
     * @param name what it is called there: jOOQ's method, or the first words of the SQL text
     * @param origin the call or the text
     */
    public record Statement(String name, Origin origin) {}

    /**
     * Copies the lists.
     *
     * @param permission why it may change the schema
     * @param retired the columns that it takes away
     * @param schemaChanges the statements that change the schema
     * @param unboundedChanges the statements that change whole tables
     * @param batchUse what {@code migrate} does with its batch
     * @param missing what the declaration of a back-fill lacks
     */
    public Content {
        retired = List.copyOf(retired);
        schemaChanges = List.copyOf(schemaChanges);
        unboundedChanges = List.copyOf(unboundedChanges);
        missing = List.copyOf(missing);
    }
}
