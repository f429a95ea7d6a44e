package org.asyncmigrations.processor.check;

import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Migration;

/** A migration may be started a second time, after a crash; somebody has to have thought of it. */
final class MissingIdempotency implements Rule {
    @Override
    public void check(Build build, Findings findings) {
        for (Migration migration : build.migrations()) {
            if (migration.marker().isEmpty()) {
                findings.add(
                        Message.MISSING_IDEMPOTENCY,
                        migration.origin(),
                        migration.simpleName(),
                        FittingMarker.of(migration));
            }
        }
    }
}
