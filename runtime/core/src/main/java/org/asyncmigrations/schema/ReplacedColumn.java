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
            throw new SchemaRefusedException("the columns and triggers that keep " + old + " of table "
                    + text.tableName() + " in step are not all there, so the column is not dropped;"
                    + " let the migration with expand() run first, or run it again if somebody has dropped them");
        }
    }

    /** {@return the refusal to bring back the old column} */
    SchemaRefusedException gone(String when) {
        return new SchemaRefusedException("column " + old + " of table " + text.tableName() + " is gone" + when
                + ", so the expansion cannot be taken back; a new one the other way round can bring the column back");
    }

    /** {@return the refusal of something that another declaration has created} */
    SchemaRefusedException otherDefinition(String what) {
        return new SchemaRefusedException(what + ", which keeps column " + old + " of table " + text.tableName()
                + " in step, exists with another definition than this declaration has;"
                + " expand(), contract() and undo() must be of the same declaration");
    }
}
