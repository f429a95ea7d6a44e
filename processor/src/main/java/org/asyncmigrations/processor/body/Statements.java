package org.asyncmigrations.processor.body;

import java.util.List;
import java.util.Optional;
import org.asyncmigrations.processor.model.BatchUse;
import org.asyncmigrations.processor.model.Content.Statement;

/**
 * What is found in a body.
 *
 * @param schemaChanges the statements that change the schema
 * @param unboundedChanges the statements that change all rows of a table
 * @param batchUse what {@code migrate} does with its batch
 * @param missing what the declaration of a back-fill lacks
 */
public record Statements(
        List<Statement> schemaChanges,
        List<Statement> unboundedChanges,
        Optional<BatchUse> batchUse,
        List<Statement> missing) {
    /** A body without any, or one that cannot be read. */
    public static final Statements NONE = new Statements(List.of(), List.of(), Optional.empty(), List.of());

    /**
     * Copies the lists.
     *
     * @param schemaChanges the statements that change the schema
     * @param unboundedChanges the statements that change all rows of a table
     * @param batchUse what {@code migrate} does with its batch
     * @param missing what the declaration of a back-fill lacks
     */
    public Statements {
        schemaChanges = List.copyOf(schemaChanges);
        unboundedChanges = List.copyOf(unboundedChanges);
        missing = List.copyOf(missing);
    }
}
