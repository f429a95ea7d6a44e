package org.asyncmigrations.processor.model;

import java.util.List;

/**
 * What {@code migrate} of a batch migration does with its batch, as far as its body tells.
 *
 * @param batch what the method calls its batch
 * @param connects whether it asks the batch for the way to the database
 * @param mayUseRows whether it uses the batch for anything else, or hands it on to code that is not seen
 * @param wholeTables the statements that change or delete all rows of a table, in {@code migrate} and in what it calls
 * @param origin the name of the method
 */
public record BatchUse(
        String batch, boolean connects, boolean mayUseRows, List<WholeTable> wholeTables, Origin origin) {
    /**
     * Whether a table is written as the one that {@code key} names; if not, it mostly is another. Unknown if the class does not say
     * which table it walks, or the statement is SQL text.
     */
    public enum Walked {
        YES,
        NO,
        UNKNOWN
    }

    /** A statement that changes all rows of a table: a call, or SQL text. */
    public record WholeTable(boolean isText, Walked walked, Origin origin) {}

    public BatchUse {
        wholeTables = List.copyOf(wholeTables);
    }

    /** {@return whether statements are sent, and none of them can be restricted to the rows of the batch} */
    public boolean leavesRowsUnused() {
        return connects && !mayUseRows;
    }
}
