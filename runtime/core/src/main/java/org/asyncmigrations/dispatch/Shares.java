package org.asyncmigrations.dispatch;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Shares the workers of this instance among the migrations that may be worked on at once: whoever is free goes to the one that has
 * the fewest, and of these to the one that has waited longest. Safe for threads.
 */
final class Shares {
    private static final Share NONE = new Share(0, 0);

    private final Map<Long, Share> shares = new HashMap<>();
    private long turns;

    /** How many workers a migration has now, and when it was last given one. */
    private record Share(int workers, long turn) {}

    /** {@return what there is to do, in the order in which a free worker tries it} */
    synchronized List<Next> inTurn(List<Next> nexts) {
        return nexts.stream()
                .sorted(Comparator.comparingInt((Next next) -> share(next).workers())
                        .thenComparingLong(next -> share(next).turn()))
                .toList();
    }

    private Share share(Next next) {
        return next instanceof Next.OfOne one ? shares.getOrDefault(one.entry().version(), NONE) : NONE;
    }

    /** A worker goes to a migration. */
    synchronized void joins(Next next) {
        turns++;
        change(next, 1, turns);
    }

    /** A worker comes back from a migration. */
    synchronized void leaves(Next next) {
        change(next, -1, turns);
    }

    private void change(Next next, int workers, long turn) {
        if (next instanceof Next.OfOne one) {
            Share before = share(next);
            shares.put(one.entry().version(), new Share(before.workers() + workers, turn));
        }
    }
}
