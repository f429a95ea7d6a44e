package org.asyncmigrations.processor.body;

import java.util.List;
import org.asyncmigrations.processor.model.Content.Statement;

/**
 * What is found in a body.
 *
 * @param schemaChanges the statements that change the schema
 * @param unboundedChanges the statements that change all rows of a table
 */
public record Statements(List<Statement> schemaChanges, List<Statement> unboundedChanges) {
    /** A body without any, or one that cannot be read. */
    public static final Statements NONE = new Statements(List.of(), List.of());

    /**
     * Copies the lists.
     *
     * @param schemaChanges the statements that change the schema
     * @param unboundedChanges the statements that change all rows of a table
     */
    public Statements {
        schemaChanges = List.copyOf(schemaChanges);
        unboundedChanges = List.copyOf(unboundedChanges);
    }
}
