package org.asyncmigrations.batch;

import java.util.Set;
import org.asyncmigrations.session.RowTally;
import org.asyncmigrations.session.RowTally.Sum;
import org.jspecify.annotations.Nullable;

/**
 * How many rows one call of {@code migrate()} has changed: those of the walked table if its statements tell it, else those of all
 * tables; what {@code migrate()} has returned if the database hasn't counted them, or if several statements have changed the walked
 * table and that number lies between the largest count of one and their sum. Immutable, and so safe for threads.
 *
 * @param rows how many rows count
 * @param claimed what {@code migrate()} has returned
 * @param isExplained whether that is one of the database's counts, or nobody knows better
 */
record RowCount(long rows, long claimed, boolean isExplained) {
    /** {@return the count of a call} */
    static RowCount of(RowTally tally, Set<String> walked, long claimed) {
        Sum all = tally.all();
        Sum ofTheTable = tally.of(walked::contains);
        if (ofTheTable != null && ofTheTable.isAll()) {
            // Several statements may have changed the same rows: then only migrate() knows how many these were.
            boolean mayBe = ofTheTable.largest() <= claimed && claimed <= ofTheTable.rows();
            return new RowCount(mayBe ? claimed : ofTheTable.rows(), claimed, mayBe || isOrMayBe(all, claimed));
        }
        if (ofTheTable != null || all == null || !all.isAll()) {
            return new RowCount(claimed, claimed, true);
        }
        // A statement may name the walked table in a way that isn't understood here.
        boolean isOfOneTable = tally.each().anyMatch(sum -> sum.rows() == claimed);
        return new RowCount(isOfOneTable ? claimed : all.rows(), claimed, isOfOneTable || claimed == all.rows());
    }

    private static boolean isOrMayBe(@Nullable Sum sum, long claimed) {
        return sum == null || !sum.isAll() || sum.rows() == claimed;
    }
}
