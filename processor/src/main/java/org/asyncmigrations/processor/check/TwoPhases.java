package org.asyncmigrations.processor.check;

import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Migration;

/** A migration runs in one phase. */
final class TwoPhases implements Rule {
    @Override
    public void check(Build build, Findings findings) {
        for (Migration migration : build.migrations()) {
            migration
                    .secondPhase()
                    .ifPresent(origin -> findings.add(Message.TWO_PHASES, origin, migration.simpleName()));
        }
    }
}
