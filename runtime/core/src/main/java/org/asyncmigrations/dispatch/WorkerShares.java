package org.asyncmigrations.dispatch;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Shares this instance's workers among the migrations that can run at the same time: a free worker goes to the migration with the
 * fewest workers, and among these to the one that has waited longest. Thread-safe.
 */
final class WorkerShares {
    private static final Share NONE = new Share(0, 0);

    private final Map<Long, Share> shares = new HashMap<>();
    private long turns;

    /** How many workers a migration currently has, and when it last got one. */
    private record Share(int workers, long turn) {}

    /** {@return the things to do, in the order in which a free worker tries them} */
    synchronized List<NextAction> inTurn(List<NextAction> nexts) {
        return nexts.stream()
                .sorted(Comparator.comparingInt((NextAction next) -> share(next).workers())
                        .thenComparingLong(next -> share(next).turn()))
                .toList();
    }

    private Share share(NextAction next) {
        return next instanceof NextAction.OfOne one
                ? shares.getOrDefault(one.entry().version(), NONE)
                : NONE;
    }

    /** A worker goes to a migration. */
    synchronized void joins(NextAction next) {
        turns++;
        change(next, 1, turns);
    }

    /** A worker comes back from a migration. */
    synchronized void leaves(NextAction next) {
        change(next, -1, turns);
    }

    private void change(NextAction next, int workers, long turn) {
        if (next instanceof NextAction.OfOne one) {
            Share before = share(next);
            shares.put(one.entry().version(), new Share(before.workers() + workers, turn));
        }
    }
}
