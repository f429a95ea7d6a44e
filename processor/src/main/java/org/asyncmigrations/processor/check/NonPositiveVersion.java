package org.asyncmigrations.processor.check;

import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Migration;

/** Versions are positive: 0 is what somebody forgot to fill in. */
final class NonPositiveVersion implements Rule {
    @Override
    public void check(Build build, Findings findings) {
        for (Migration migration : build.versioned()) {
            if (migration.version().value() <= 0) {
                findings.add(
                        Message.NON_POSITIVE_VERSION,
                        migration.version().origin(),
                        migration.version().literal(),
                        migration.simpleName());
            }
        }
    }
}
