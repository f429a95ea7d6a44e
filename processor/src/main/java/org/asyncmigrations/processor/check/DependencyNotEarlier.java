package org.asyncmigrations.processor.check;

import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Dependency;
import org.asyncmigrations.processor.model.Migration;

/** Versions are the one order; what {@code after} says may not contradict it, which also rules out circles. */
final class DependencyNotEarlier implements Rule {
    @Override
    public void check(Build build, Findings findings) {
        for (Migration migration : build.versioned()) {
            for (Dependency dependency : migration.declaration().after()) {
                check(migration, dependency, findings);
            }
        }
    }

    private static void check(Migration migration, Dependency dependency, Findings findings) {
        if (dependency.name().equals(migration.name())) {
            findings.add(Message.DEPENDENCY_ON_ITSELF, dependency.origin(), migration.simpleName());
            return;
        }
        dependency
                .version()
                .filter(version -> version.readable()
                        && version.value() >= migration.version().value())
                .ifPresent(version -> findings.add(
                        Message.DEPENDENCY_NOT_EARLIER,
                        dependency.origin(),
                        dependency.simpleName(),
                        migration.simpleName(),
                        migration.version().literal(),
                        version.literal()));
    }
}
