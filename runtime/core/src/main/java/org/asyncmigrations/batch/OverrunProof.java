package org.asyncmigrations.batch;

import java.util.ArrayList;
import java.util.List;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.batch.BatchUse.Allowance;
import org.asyncmigrations.product.Product;
import org.asyncmigrations.product.Trouble;
import org.asyncmigrations.session.UserWork;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/**
 * Examines a batch in which a statement has reported too many rows, after the batch's changes are undone. Correct code may go on;
 * code that changes rows outside of its batch is refused. Used by one thread.
 *
 * @param migration the user's code
 * @param space the table
 * @param work the transaction
 */
record OverrunProof(BatchMigration migration, KeySpace space, UserWork work) {
    /** The number of rows that are compared if the server doesn't count changes. A statement over the whole table changes them too. */
    private static final int COMPARED = 100;

    /**
     * Refuses a batch that changes rows outside of it.
     *
     * @param overrun the report
     * @param keys the condition on the key that the batch's rows match
     * @throws ForgottenBatchException if it does
     * @throws Exception if the transaction can't go on, such as after a lost connection or a timeout
     */
    void require(BatchOverrun overrun, Condition keys) throws Exception {
        // Others may have inserted rows since the batch's end was looked up. Rows that the batch deletes are back,
        // since it was undone.
        long has = work.own().fetchCount(space.table(), keys);
        if (overrun.rows() <= has) {
            return;
        }
        if (!changesWithoutRows(overrun, keys)) {
            return;
        }
        throw overrun.isOfTheTable()
                ? ForgottenBatchException.tooMany(migration, space.table(), overrun.rows(), has)
                : ForgottenBatchException.withoutRows(migration, space.table(), overrun.rows(), has);
    }

    /** Calls the code for a batch without rows, and undoes its changes. {@return whether it has changed any} */
    private boolean changesWithoutRows(BatchOverrun overrun, Condition keys) throws Exception {
        boolean[] changed = {false};
        try {
            work.inSavepoint(() -> {
                changed[0] = changesRows(keys);
                throw new Undone();
            });
        } catch (Undone undone) {
            return changed[0];
        } catch (Exception failure) {
            switch (Trouble.of(failure)) {
                case DATA, ATTEMPT -> {
                    // Code that fails without rows has proved nothing. If the report was about the walked table itself,
                    // it still holds.
                    return overrun.isOfTheTable();
                }
                case CONNECTION, FULL, TIMEOUT, LOCK, CONFLICT -> throw failure;
            }
        }
        return changed[0];
    }

    private boolean changesRows(Condition keys) throws Exception {
        KeyedRowBatch none = new KeyedRowBatch(
                work.dsl(),
                work.own(),
                space,
                KeyedRowBatch.Part.of(DSL.falseCondition(), null, new Allowance(0, true)));
        Evidence before = Evidence.of(space, work.own(), keys);
        try {
            none.migrate(migration, work);
        } catch (BatchOverrun reported) {
            return true;
        }
        return before.differsFrom(Evidence.of(space, work.own(), keys));
    }

    /** The table's rows at one time: how many of them this transaction has changed, or the content of some. */
    private record Evidence(long changed, List<? extends Record> rows) {
        static Evidence of(KeySpace space, DSLContext dsl, Condition keys) {
            Product product = space.product();
            long changed = product.rowsChanged(dsl, space.shape());
            return new Evidence(changed, changed >= 0 ? List.of() : some(space, dsl, keys));
        }

        /**
         * The first rows of the batch, which the code has just changed, and the last rows of the table. They are locked, so that no
         * one else changes them.
         */
        private static List<Record> some(KeySpace space, DSLContext dsl, Condition keys) {
            List<Record> rows = new ArrayList<>(dsl.select(DSL.asterisk())
                    .from(space.table())
                    .where(keys)
                    .orderBy(space.fields().order())
                    .limit(COMPARED)
                    .forUpdate()
                    .fetch());
            rows.addAll(dsl.select(DSL.asterisk())
                    .from(space.table())
                    .orderBy(space.fields().reversed())
                    .limit(COMPARED)
                    .forUpdate()
                    .fetch());
            return rows;
        }

        boolean differsFrom(Evidence other) {
            return changed != other.changed || !rows.equals(other.rows);
        }
    }

    /** Ends the call without rows, so that its changes are undone. */
    private static final class Undone extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Undone() {
            super("undone", null, false, false);
        }
    }
}
