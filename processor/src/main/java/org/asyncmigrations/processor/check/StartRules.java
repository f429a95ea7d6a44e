package org.asyncmigrations.processor.check;

import java.time.Duration;
import java.util.List;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.CatalogLine;
import org.asyncmigrations.processor.model.Follower;
import org.asyncmigrations.processor.model.Migration;
import org.asyncmigrations.processor.model.StartRule;

/** Rules about what a migration waits for before it begins. */
final class StartRules {
    /** A longer delay is a mistyped unit, or should be an approval. */
    private static final Duration LONGEST = Duration.ofDays(365);

    private StartRules() {}

    /** A delay must be a positive duration, of at most a year. */
    static void badDelay(Migration migration, Findings findings) {
        StartRule startRule = migration.declaration().startRule();
        if (!startRule.delay().isEmpty() && !isDelayed(startRule)) {
            findings.add(
                    Message.BAD_DELAY, startRule.delayOrigin(), migration.simpleName(), Quoted.of(startRule.delay()));
        }
    }

    private static boolean isDelayed(StartRule startRule) {
        return startRule
                .duration()
                .filter(delay -> delay.compareTo(Duration.ZERO) > 0 && delay.compareTo(LONGEST) <= 0)
                .isPresent();
    }

    /** In the order of versions, all later migrations wait too. For an independent migration, only those that name it. */
    static void holdsUpOthers(Build build, Findings findings) {
        for (Migration migration : build.versioned()) {
            StartRule startRule = migration.declaration().startRule();
            boolean waits = startRule.onApproval() || isDelayed(startRule);
            List<CatalogLine> others = waits ? Follower.of(migration, build) : List.of();
            if (!others.isEmpty()) {
                findings.add(
                        Message.HOLDS_UP_OTHERS,
                        startRule.origin(),
                        migration.simpleName(),
                        startRule.onApproval() ? "waits for approval" : "starts after a delay",
                        others.size() + (others.size() == 1 ? " migration" : " migrations"),
                        others.get(0).simpleName());
            }
        }
    }
}
