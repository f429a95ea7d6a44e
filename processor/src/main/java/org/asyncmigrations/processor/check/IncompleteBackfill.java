package org.asyncmigrations.processor.check;

import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Content.Statement;
import org.asyncmigrations.processor.model.Migration;

/** A back-fill says which rows are pending and what is set; without either it is refused at run time. */
final class IncompleteBackfill implements Rule {
    @Override
    public void check(Build build, Findings findings) {
        for (Migration migration : build.migrations()) {
            for (Statement part : migration.content().missing()) {
                Message message =
                        part.name().equals("pending") ? Message.BACKFILL_WITHOUT_PENDING : Message.BACKFILL_WITHOUT_SET;
                findings.add(message, part.origin(), migration.simpleName());
            }
        }
    }
}
