package org.asyncmigrations.processor.check;

import java.util.List;
import org.asyncmigrations.processor.model.BatchUse;
import org.asyncmigrations.processor.model.BatchUse.Walked;
import org.asyncmigrations.processor.model.BatchUse.WholeTable;
import org.asyncmigrations.processor.model.Code;

/**
 * A statement without {@code batch.rows()} runs over the whole table in every batch. An error cannot be suppressed, so a batch
 * migration may change all rows of another, small table, as long as it uses the rows of its batch somewhere.
 */
final class BatchRowsUnused implements CodeRule {
    @Override
    public void check(Code code, Findings findings) {
        code.batchUse().ifPresent(use -> check(code.migration().simpleName(), use, findings));
    }

    private static void check(String name, BatchUse use, Findings findings) {
        List<WholeTable> slips =
                use.wholeTables().stream().filter(change -> isSlip(change, use)).toList();
        for (WholeTable slip : slips) {
            Message message = slip.isText() ? Message.WHOLE_TABLE_TEXT_IN_BATCH : Message.WHOLE_TABLE_IN_BATCH;
            findings.add(message, slip.origin(), name, use.batch());
        }
        if (slips.isEmpty() && use.leavesRowsUnused()) {
            findings.add(Message.BATCH_ROWS_UNUSED, use.origin(), name, use.batch(), use.batch());
        }
    }

    private static boolean isSlip(WholeTable change, BatchUse use) {
        return change.walked() == Walked.YES || change.walked() == Walked.UNKNOWN && use.leavesRowsUnused();
    }
}
