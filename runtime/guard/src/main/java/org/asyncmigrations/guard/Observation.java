package org.asyncmigrations.guard;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What PostgreSQL was seen to do for one statement, on relations that were there before its script.
 *
 * @param statement what was run
 * @param locks the strongest lock that it took on each relation; indexes whose table has one as strong are left out
 * @param scanned the tables that it read
 * @param written the tables whose rows it changed, beyond those that it names
 * @param rewritten relations with a new file that still have their rows
 * @param emptied tables with a new file and without their row
 * @param broken what old code no longer finds, a sentence each
 * @param newConstraints foreign keys and checks that it made, by name
 * @param rowFit queries that tell whether live rows fit
 * @param failure why it could not be judged
 * @param waitsWithoutLimit whether it ran without a lock_timeout
 */
record Observation(
        ScriptStatement statement,
        Map<String, LockMode> locks,
        Set<String> scanned,
        Set<String> written,
        Set<String> rewritten,
        Set<String> emptied,
        Set<String> broken,
        List<String> newConstraints,
        Set<String> rowFit,
        Optional<String> failure,
        boolean waitsWithoutLimit) {
    static Observation failed(ScriptStatement statement, String reason) {
        return new Observation(
                statement,
                Map.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                List.of(),
                Set.of(),
                Optional.of(reason),
                false);
    }

    /** Whether it takes the longer the more rows there are, and not all tables that it works on are small. */
    boolean isLong(Live live) {
        return !worksOn().isEmpty() && !live.areSmall(worksOn());
    }

    /** {@return what it reads, writes or builds} */
    Set<String> worksOn() {
        Set<String> all = new LinkedHashSet<>(scanned);
        all.addAll(rewritten);
        all.addAll(written);
        return all;
    }

    Observation withBroken(Set<String> sentences) {
        return new Observation(
                statement,
                locks,
                scanned,
                written,
                rewritten,
                emptied,
                sentences,
                newConstraints,
                rowFit,
                failure,
                waitsWithoutLimit);
    }
}
