package org.asyncmigrations.processor.check;

import java.util.List;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Dependency;
import org.asyncmigrations.processor.model.Migration;
import org.asyncmigrations.processor.model.Stray;

/** Only what is dispatched can be waited for. */
final class NotAMigration implements Rule {
    @Override
    public void check(Build build, Findings findings) {
        check(build.strays(), findings);
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

    /** What says something of a migration says nothing elsewhere. */
    static void check(List<Stray> strays, Findings findings) {
        for (Stray stray : strays) {
            findings.add(Message.STRAY_ANNOTATION, stray.origin(), stray.simpleName(), stray.annotation());
        }
    }
}
