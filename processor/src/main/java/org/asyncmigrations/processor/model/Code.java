package org.asyncmigrations.processor.model;

import java.util.List;
import java.util.Optional;

/**
 * What the code of a migration does to the schema and to whole tables, as far as it tells; what it inherits included.
 *
 * @param schemaChanges the statements that change the schema, as code calls them: jOOQ's method, or the first words of SQL text
 * @param unboundedChanges the statements that change or delete all rows of a table, without those whose warning isn't wanted
 * @param notExecuted the statements that are built and dropped
 * @param misspelledRows what is written in SQL text for the rows of a batch, and isn't taken for them
 * @param batchUse what {@code migrate} does with its batch; for batch migrations only
 * @param missing what the declaration of a back-fill lacks, by the method that would say it
 * @param walked the table of its key, empty if the code does not tell: a name in upper case, or {@code type#CONSTANT}; at its class
 */
public record Code(
        Migration migration,
        List<Written> schemaChanges,
        List<Written> unboundedChanges,
        List<Written> notExecuted,
        List<Written> misspelledRows,
        Optional<BatchUse> batchUse,
        List<Written> missing,
        Written walked) {
    public Code {
        schemaChanges = List.copyOf(schemaChanges);
        unboundedChanges = List.copyOf(unboundedChanges);
        notExecuted = List.copyOf(notExecuted);
        misspelledRows = List.copyOf(misspelledRows);
        missing = List.copyOf(missing);
    }
}
