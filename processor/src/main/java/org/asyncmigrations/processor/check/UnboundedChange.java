package org.asyncmigrations.processor.check;

import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Content.Statement;
import org.asyncmigrations.processor.model.Migration;

/** A whole table in one transaction: what batches are there for. */
final class UnboundedChange implements Rule {
    @Override
    public void check(Build build, Findings findings) {
        for (Migration migration : build.migrations()) {
            for (Statement change : migration.content().unboundedChanges()) {
                findings.add(
                        Message.UNBOUNDED_CHANGE, migration, change.origin(), change.name(), migration.simpleName());
            }
        }
    }
}
