package org.asyncmigrations.batch;

import org.asyncmigrations.product.NotRetried;
import org.asyncmigrations.state.Reject;

/** More rows couldn't be changed than may be set aside. */
final class RejectBudgetException extends RuntimeException implements NotRetried {
    private static final long serialVersionUID = 1L;

    RejectBudgetException(int rejects, int budget, Reject last) {
        super(rejects + " rows could not be changed and were set aside, more than rejectBudget allows (" + budget
                + "), the last with key " + last.key() + ": "
                + last.error().lines().findFirst().orElse("")
                + "; rejects() lists them: fix the rows or the code and call retry(), or acceptRejects(\"why\") to leave these rows"
                + " as they are");
    }
}
