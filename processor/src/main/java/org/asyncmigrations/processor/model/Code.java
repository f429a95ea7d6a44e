package org.asyncmigrations.processor.model;

import java.util.List;
import java.util.Optional;

/**
 * What the code of a migration does to the schema and to whole tables, as far as it shows; including inherited code.
 *
 * @param schemaChanges the statements that change the schema, by name: jOOQ's method, or the first words of SQL text
 * @param drops what a schema migration that runs before the release takes away, by the method that declares it
 * @param unboundedChanges the statements that change or delete all rows of a table, except those with a suppressed warning
 * @param notExecuted the statements that are built but not executed
 * @param misspelledRows misspelled placeholders for the rows of a batch in SQL text
 * @param batchUse how {@code migrate} uses its batch; only for batch migrations
 * @param missing what the declaration of a back-fill lacks, by the method that would add it
 * @param walked the table of its key, empty if the code doesn't show it: a name in upper case, or {@code type#CONSTANT}; its
 *     place is the class
 */
public record Code(
        Migration migration,
        List<Written> schemaChanges,
        List<Written> drops,
        List<Written> unboundedChanges,
        List<Written> notExecuted,
        List<Written> misspelledRows,
        Optional<BatchUse> batchUse,
        List<Written> missing,
        Written walked) {
    public Code {
        drops = List.copyOf(drops);
        schemaChanges = List.copyOf(schemaChanges);
        unboundedChanges = List.copyOf(unboundedChanges);
        notExecuted = List.copyOf(notExecuted);
        misspelledRows = List.copyOf(misspelledRows);
        missing = List.copyOf(missing);
    }
}
