package org.asyncmigrations.processor.check;

import java.util.List;
import java.util.Set;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Dependency;
import org.asyncmigrations.processor.model.Migration;
import org.asyncmigrations.processor.model.Stray;
import org.asyncmigrations.processor.model.Version;

/** Only what is dispatched can be waited for. */
final class NotAMigration implements Rule {
    @Override
    public void check(Build build, Findings findings) {
        check(build.strays(), findings);
        Set<Long> run = build.runVersions();
        for (Migration migration : build.migrations()) {
            for (Dependency dependency : migration.declaration().after()) {
                if (dependency.version().isEmpty()) {
                    findings.add(
                            Message.NOT_A_MIGRATION,
                            dependency.origin(),
                            dependency.simpleName(),
                            migration.simpleName());
                } else if (isElsewhere(dependency.version().get(), run)) {
                    findings.add(
                            Message.DEPENDENCY_ELSEWHERE,
                            dependency.origin(),
                            dependency.simpleName(),
                            migration.simpleName());
                }
            }
        }
    }

    /** Nobody would wait for it. */
    private static boolean isElsewhere(Version version, Set<Long> run) {
        return version.readable() && !run.contains(version.value());
    }

    /** What says something of a migration says nothing elsewhere. */
    static void check(List<Stray> strays, Findings findings) {
        for (Stray stray : strays) {
            findings.add(Message.STRAY_ANNOTATION, stray.origin(), stray.simpleName(), stray.annotation());
        }
    }
}
