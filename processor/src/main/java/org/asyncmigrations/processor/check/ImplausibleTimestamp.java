package org.asyncmigrations.processor.check;

import java.util.List;
import org.asyncmigrations.processor.model.Build;
import org.asyncmigrations.processor.model.Migration;

/** A digit that is missing from a timestamp puts the migration thousands of years off its place. */
final class ImplausibleTimestamp implements Rule {
    private static final long LEAST_OF_14_DIGITS = 10_000_000_000_000L;

    @Override
    public void check(Build build, Findings findings) {
        for (Migration migration : build.versioned()) {
            boolean plausible = migration.version().value() <= 0
                    || migration.version().isTimestamp()
                    || migration.version().isCounted();
            if (!plausible) {
                findings.add(
                        Message.IMPLAUSIBLE_TIMESTAMP,
                        migration,
                        migration.version().origin(),
                        migration.version().literal(),
                        migration.simpleName(),
                        place(migration.version().value()));
            }
        }
        checkForms(build, findings);
    }

    private static String place(long version) {
        if (version < LEAST_OF_14_DIGITS) {
            return "before all that have a timestamp";
        }
        return version < 10 * LEAST_OF_14_DIGITS ? "in the order of that number" : "after all that have a timestamp";
    }

    /** Once a build, at the first of the rarer form: it is one slip, or one decision. */
    private static void checkForms(Build build, Findings findings) {
        List<Migration> timestamps = build.versioned().stream()
                .filter(m -> m.version().isTimestamp())
                .toList();
        List<Migration> counted =
                build.versioned().stream().filter(m -> m.version().isCounted()).toList();
        if (timestamps.isEmpty() || counted.isEmpty()) {
            return;
        }
        boolean countedIsRarer = counted.size() <= timestamps.size();
        Migration odd = (countedIsRarer ? counted : timestamps).get(0);
        Migration usual = (countedIsRarer ? timestamps : counted).get(0);
        findings.add(
                Message.MIXED_VERSIONS,
                odd,
                odd.version().origin(),
                odd.version().literal(),
                odd.simpleName(),
                usual.version().literal(),
                usual.simpleName());
    }
}
