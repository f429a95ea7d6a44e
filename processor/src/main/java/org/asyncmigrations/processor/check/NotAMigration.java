package org.asyncmigrations.processor.check;

import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Dependency;
import org.asyncmigrations.processor.model.Migration;

/** Only what is dispatched can be waited for. */
final class NotAMigration implements Rule {
    @Override
    public void check(Build build, Findings findings) {
        for (Migration migration : build.migrations()) {
            for (Dependency dependency : migration.declaration().after()) {
                if (dependency.version().isEmpty()) {
                    findings.add(
                            Message.NOT_A_MIGRATION,
                            dependency.origin(),
                            dependency.simpleName(),
                            migration.simpleName());
                }
            }
        }
    }
}
