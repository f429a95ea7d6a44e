package org.asyncmigrations.processor.check;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.asyncmigrations.processor.model.BatchUse;
import org.asyncmigrations.processor.model.BatchUse.Walked;
import org.asyncmigrations.processor.model.BatchUse.WholeTable;
import org.asyncmigrations.processor.model.Code;
import org.asyncmigrations.processor.model.Migration;
import org.asyncmigrations.processor.model.RetiredColumn;
import org.asyncmigrations.processor.model.Written;

/** Rules about what a migration does to tables and columns. */
final class ContentRules {
    private static final Pattern NOT_IN_NAMES = Pattern.compile("[^\\p{L}\\p{N}]");

    private ContentRules() {}

    /** A retired column may not be in the table class any more: as long as it is, code may name the column. */
    static void retiredColumns(Migration migration, Findings findings) {
        for (RetiredColumn column : migration.content().retired()) {
            String table = column.table().simpleName();
            if (column.name().isBlank()) {
                findings.add(Message.RETIRED_COLUMN_BLANK, column.origin(), table, migration.simpleName());
            } else {
                column.fields().stream()
                        .filter(field -> bare(field).equals(bare(column.name())))
                        .findFirst()
                        .ifPresent(field -> findings.add(
                                Message.RETIRED_COLUMN_NAMED,
                                column.origin(),
                                column.name(),
                                migration.simpleName(),
                                table,
                                field));
            }
        }
    }

    /** {@return a name in the form in which {@code nick_name}, {@code NICK_NAME} and {@code nickName} are equal} */
    private static String bare(String name) {
        return NOT_IN_NAMES.matcher(name).replaceAll("").toLowerCase(Locale.ROOT);
    }

    /** The schema has its own migrations, which run before the release. An exception needs a reason in the class. */
    static void schemaChanges(Code code, Findings findings) {
        add(Message.SCHEMA_CHANGE_AFTER_RELEASE, code, code.schemaChanges(), findings);
    }

    /** Instances of the release before may still use what is dropped. */
    static void drops(Code code, Findings findings) {
        add(Message.DROP_BEFORE_RELEASE, code, code.drops(), findings);
    }

    /** A whole table should not be changed in one transaction; batches are there for that. */
    static void unboundedChanges(Code code, Findings findings) {
        add(Message.UNBOUNDED_CHANGE, code, code.unboundedChanges(), findings);
    }

    /** A statement that is built but not executed does nothing, and no error says so. */
    static void notExecuted(Code code, Findings findings) {
        add(Message.QUERY_NOT_EXECUTED, code, code.notExecuted(), findings);
    }

    private static void add(Message message, Code code, List<Written> statements, Findings findings) {
        String name = code.migration().simpleName();
        statements.forEach(statement -> findings.add(message, statement.origin(), statement.value(), name));
    }

    /**
     * A statement without {@code batch.rows()} changes the whole table in every batch. An error can't be suppressed, so a batch
     * migration may change all rows of another, small table, as long as it uses the rows of its batch somewhere.
     */
    static void batchRows(Code code, Findings findings) {
        add(Message.ROWS_MISSPELLED, code, code.misspelledRows(), findings);
        code.batchUse().ifPresent(use -> batchRows(code.migration().simpleName(), use, findings));
    }

    private static void batchRows(String name, BatchUse use, Findings findings) {
        List<WholeTable> slips =
                use.wholeTables().stream().filter(change -> isSlip(change, use)).toList();
        for (WholeTable slip : slips) {
            Message message = slip.isText() ? Message.WHOLE_TABLE_TEXT_IN_BATCH : Message.WHOLE_TABLE_IN_BATCH;
            findings.add(message, slip.origin(), name, use.batch());
        }
        if (slips.isEmpty() && use.leavesRowsUnused()) {
            findings.add(Message.BATCH_ROWS_UNUSED, use.origin(), name, use.batch());
        }
    }

    private static boolean isSlip(WholeTable change, BatchUse use) {
        return change.walked() == Walked.YES || change.walked() == Walked.UNKNOWN && use.leavesRowsUnused();
    }

    /** A back-fill names its pending rows and what to set. Without either, the runtime refuses it. */
    static void backfill(Code code, Findings findings) {
        for (Written part : code.missing()) {
            Message message =
                    part.value().equals("pending") ? Message.BACKFILL_WITHOUT_PENDING : Message.BACKFILL_WITHOUT_SET;
            findings.add(message, part.origin(), code.migration().simpleName());
        }
    }
}
