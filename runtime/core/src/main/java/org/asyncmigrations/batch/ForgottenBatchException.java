package org.asyncmigrations.batch;

import java.util.Locale;
import org.asyncmigrations.product.NotRetried;

/** A statement of {@code migrate()} changes rows outside of its batch, so each batch would change the whole table again. */
final class ForgottenBatchException extends RuntimeException implements NotRetried {
    private static final long serialVersionUID = 1L;

    private static final String ADVICE = "; nothing of this batch was committed. Add the batch's condition to each"
            + " statement that changes the table: .where(batch.rows())";

    private ForgottenBatchException(String message) {
        this(message, ADVICE);
    }

    private ForgottenBatchException(String message, String advice) {
        super(message + advice);
    }

    /** {@return the failure of a text without {@code {rows}}} */
    static ForgottenBatchException withoutRows(String sql) {
        return new ForgottenBatchException(
                "batch.execute must run only for the rows of the batch, but this text has no {rows} outside of quotes"
                        + " and comments: " + sql,
                "; nothing of this batch was committed. Add the batch's condition: where {rows}; for a statement that"
                        + " is not about the batch's rows, call batch.dsl().execute(…)");
    }

    /** {@return the failure of code that changes something but never asks for the rows of its batch} */
    static ForgottenBatchException neverAsked(Object migration) {
        return new ForgottenBatchException(name(migration)
                + ".migrate() sends statements, but uses neither batch.rows() nor batch.update(), so each batch runs over"
                + " the whole table");
    }

    /** {@return the failure of a statement that reports more rows than the batch has} */
    static ForgottenBatchException tooMany(Object migration, Object table, long reported, long has) {
        return new ForgottenBatchException(String.format(
                Locale.ROOT,
                "%s.migrate() runs beyond its batch: the statement changed %,d rows of %s, and the batch has %,d",
                name(migration),
                reported,
                table,
                has));
    }

    /** {@return the failure of code that changes rows even for a batch without rows} */
    static ForgottenBatchException withoutRows(Object migration, Object table, long reported, long has) {
        return new ForgottenBatchException(String.format(
                Locale.ROOT,
                "%s.migrate() runs beyond its batch: a statement changed %,d rows for a batch of %,d, and it changes rows"
                        + " of %s even for a batch without any",
                name(migration),
                reported,
                has,
                table));
    }

    private static String name(Object migration) {
        String name = migration.getClass().getName();
        return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
    }
}
