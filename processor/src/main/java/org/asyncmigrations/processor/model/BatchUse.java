package org.asyncmigrations.processor.model;

import java.util.List;

/**
 * How {@code migrate} of a batch migration uses its batch, as far as its body shows.
 *
 * @param batch the parameter's name
 * @param connects whether it gets the connection or the {@code DSLContext} from the batch
 * @param mayUseRows whether it uses the batch for anything else, or passes it to code that can't be seen
 * @param wholeTables the statements that change or delete all rows of a table, in {@code migrate} and in the methods that it
 *     calls
 * @param origin the name of the method
 */
public record BatchUse(
        String batch, boolean connects, boolean mayUseRows, List<WholeTable> wholeTables, Origin origin) {
    /**
     * Whether a table is written in the same form as in {@code key}; if it isn't, it is probably another table. Unknown if the
     * class doesn't show which table it walks, or if the statement is SQL text.
     */
    public enum Walked {
        YES,
        NO,
        UNKNOWN
    }

    /** A statement that changes all rows of a table: a method call or SQL text. */
    public record WholeTable(boolean isText, Walked walked, Origin origin) {}

    public BatchUse {
        wholeTables = List.copyOf(wholeTables);
    }

    /** {@return whether statements are sent, and none of them can be restricted to the rows of the batch} */
    public boolean leavesRowsUnused() {
        return connects && !mayUseRows;
    }
}
