package org.asyncmigrations.batch;

import java.util.Set;
import org.asyncmigrations.session.RowTally;
import org.asyncmigrations.session.RowTally.Sum;
import org.jspecify.annotations.Nullable;

/**
 * How many rows one call of {@code migrate()} has changed: those of the walked table if its statements name it, else those of all
 * tables. It is what {@code migrate()} has returned if the database hasn't counted them, or if several statements have changed the
 * walked table and the returned number lies between the largest of their counts and their sum. Immutable and thread-safe.
 *
 * @param rows the number of changed rows
 * @param claimed what {@code migrate()} has returned
 * @param isExplained whether {@code claimed} is one of the database's counts, or there is no better one
 */
record RowCount(long rows, long claimed, boolean isExplained) {
    /** {@return the count for one call} */
    static RowCount of(RowTally tally, Set<String> walked, long claimed) {
        Sum all = tally.all();
        Sum ofTheTable = tally.of(walked::contains);
        if (ofTheTable != null && ofTheTable.isAll()) {
            // Several statements may have changed the same rows. Then only migrate() knows the number of rows.
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
