package org.asyncmigrations.processor.check;

import java.time.Duration;
import java.util.List;
import org.asyncmigrations.processor.model.Beginning;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.CatalogLine;
import org.asyncmigrations.processor.model.Follower;
import org.asyncmigrations.processor.model.Migration;

/** Rules about what a migration waits for before it begins. */
final class StartRules {
    /** A longer delay is a mistyped unit, or should be an approval. */
    private static final Duration LONGEST = Duration.ofDays(365);

    private StartRules() {}

    /** A delay must be a positive duration, of at most a year. */
    static void badDelay(Migration migration, Findings findings) {
        Beginning beginning = migration.declaration().beginning();
        if (!beginning.delay().isEmpty() && !isDelayed(beginning)) {
            findings.add(
                    Message.BAD_DELAY, beginning.delayOrigin(), migration.simpleName(), Quoted.of(beginning.delay()));
        }
    }

    private static boolean isDelayed(Beginning beginning) {
        return beginning
                .duration()
                .filter(delay -> delay.compareTo(Duration.ZERO) > 0 && delay.compareTo(LONGEST) <= 0)
                .isPresent();
    }

    /** In the order of versions, all later migrations wait too. For an independent migration, only those that name it. */
    static void holdsUpOthers(Build build, Findings findings) {
        for (Migration migration : build.versioned()) {
            Beginning beginning = migration.declaration().beginning();
            boolean waits = beginning.onApproval() || isDelayed(beginning);
            List<CatalogLine> others = waits ? Follower.of(migration, build) : List.of();
            if (!others.isEmpty()) {
                findings.add(
                        Message.HOLDS_UP_OTHERS,
                        beginning.origin(),
                        migration.simpleName(),
                        beginning.onApproval() ? "waits for approval" : "starts after a delay",
                        others.size() + (others.size() == 1 ? " migration" : " migrations"),
                        others.get(0).simpleName());
            }
        }
    }
}
