package org.asyncmigrations.batch;

import java.util.List;
import org.asyncmigrations.product.NotRetried;

/** Rows still match {@code pending()} right after {@code migrate()} has run on them, so the walk could never end. */
final class RowsStillPendingException extends RuntimeException implements NotRetried {
    private static final long serialVersionUID = 1L;

    RowsStillPendingException(List<String> keys) {
        super("rows are still pending after migrate(), such as " + String.join("; ", keys)
                + "; pending() must not match rows that migrate() leaves unchanged (NULLs, values that the change maps"
                + " to themselves), or migrate() must change them");
    }
}
