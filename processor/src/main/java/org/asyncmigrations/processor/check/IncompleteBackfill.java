package org.asyncmigrations.processor.check;

import org.asyncmigrations.processor.model.Code;
import org.asyncmigrations.processor.model.Code.Statement;

/** A back-fill says which rows are pending and what is set; without either it is refused at run time. */
final class IncompleteBackfill implements CodeRule {
    @Override
    public void check(Code code, Findings findings) {
        for (Statement part : code.missing()) {
            Message message =
                    part.name().equals("pending") ? Message.BACKFILL_WITHOUT_PENDING : Message.BACKFILL_WITHOUT_SET;
            findings.add(message, part.origin(), code.migration().simpleName());
        }
    }
}
