package org.asyncmigrations.schema;

import java.util.List;
import org.asyncmigrations.ExpandContract.Sides;

/**
 * A column that is replaced by others: what both products say about it. Used by one thread.
 *
 * @param old the old column, as the catalog spells it if it is there
 */
record ReplacedColumn(SchemaText text, Sides sides, String old) {
    /** {@return the new columns that are there} */
    List<String> present() {
        return sides.columns().stream()
                .flatMap(one -> text.spelled(SchemaText.name(one)).stream())
                .toList();
    }

    void requireSome() {
        if (present().isEmpty()) {
            throw new SchemaRefusedException("table " + text.tableName() + " has neither the column " + old
                    + " nor one that replaces it; correct the names");
        }
    }

    /** What keeps both sides in step must be there, and all new columns. */
    void requireExpanded(boolean isInStep) {
        if (!isInStep || present().size() < sides.columns().size()) {
            throw new SchemaRefusedException("some of the columns and triggers that keep column " + old + " of table "
                    + text.tableName() + " in step are missing, so the column is not dropped;"
                    + " let the migration with expand() run first, or run it again if somebody has dropped them");
        }
    }

    /**
     * Refuses to bring back the old column.
     *
     * @param isThere whether contract() has begun but not dropped it yet
     */
    SchemaRefusedException gone(boolean isThere) {
        return new SchemaRefusedException("column " + old + " of table " + text.tableName()
                + (isThere ? " is being dropped by contract()" : " no longer exists")
                + ", so undo() cannot restore it; declare the reverse change instead");
    }

    /** {@return the refusal of something that another declaration has created} */
    SchemaRefusedException otherDefinition(String what) {
        return new SchemaRefusedException(what + ", which keeps column " + old + " of table " + text.tableName()
                + " in step, has another definition than this declaration;"
                + " use the same declaration for expand(), contract() and undo()");
    }
}
