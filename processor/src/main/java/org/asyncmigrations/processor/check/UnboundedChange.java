package org.asyncmigrations.processor.check;

import org.asyncmigrations.processor.model.Code;
import org.asyncmigrations.processor.model.Code.Statement;

/** A whole table in one transaction: what batches are there for. */
final class UnboundedChange implements CodeRule {
    @Override
    public void check(Code code, Findings findings) {
        for (Statement change : code.unboundedChanges()) {
            findings.add(
                    Message.UNBOUNDED_CHANGE,
                    code.migration(),
                    change.origin(),
                    change.name(),
                    code.migration().simpleName());
        }
    }
}
