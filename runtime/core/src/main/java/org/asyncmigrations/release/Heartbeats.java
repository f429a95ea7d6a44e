package org.asyncmigrations.release;

import java.sql.SQLException;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.asyncmigrations.product.Trouble;
import org.asyncmigrations.state.Rounds;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The heartbeats of all registries in a process. Those with the same data source are sent together, in one round trip. Data sources
 * don't wait for each other. Thread-safe.
 */
public final class Heartbeats {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeats.class);

    /** Beats that are due this soon are sent along: half of the interval. */
    private static final Duration ALONG = Heartbeat.EVERY.dividedBy(2);

    /** About as many as a driver sends at once. If one fails, the search for it is limited to this many. */
    private static final int TOGETHER = 250;

    /** Newly arrived instances need several statements each. After this time, the plain beats of others get their turn again. */
    private static final Duration ARRIVALS = Duration.ofSeconds(1);

    private static final Duration FAR = Duration.ofDays(1);

    private final Rounds rounds;
    private final Map<Object, Group> groups = new IdentityHashMap<>();

    /**
     * No heartbeats yet.
     *
     * @param rounds runs them
     */
    public Heartbeats(Rounds rounds) {
        this.rounds = rounds;
    }

    /**
     * @param byHand whether it waits for {@link #beat()}
     */
    synchronized void enter(Heartbeat heartbeat, boolean byHand) {
        Group group = groups.computeIfAbsent(heartbeat.source(), source -> new Group());
        group.members.add(heartbeat);
        if (!byHand) {
            group.round.within(Duration.ZERO);
        }
    }

    /** Sends a beat for all instances at once, for tests. */
    public void beat() {
        List<Group> all;
        synchronized (this) {
            all = List.copyOf(groups.values());
        }
        all.forEach(group -> group.beat(FAR, FAR));
    }

    synchronized void leave(Heartbeat heartbeat) {
        Group group = groups.get(heartbeat.source());
        if (group != null && group.members.remove(heartbeat) && group.members.isEmpty()) {
            groups.remove(heartbeat.source());
            group.round.cancel();
        }
    }

    private synchronized List<Heartbeat> due(Group group, Duration in) {
        return group.members.stream().filter(one -> one.isDue(in)).toList();
    }

    private synchronized @Nullable Duration untilNext(Group group) {
        return group.members.stream()
                .map(Heartbeat::dueIn)
                .min(Duration::compareTo)
                .orElse(null);
    }

    /** The heartbeats of one data source. */
    private final class Group {
        private final Set<Heartbeat> members = new LinkedHashSet<>();
        private final Rounds.Round round = rounds.round(this::round);

        private @Nullable Duration round() {
            if (!due(this, Duration.ZERO).isEmpty()) {
                beat(ALONG, Duration.ZERO);
            }
            return untilNext(this);
        }

        private void beat(Duration together, Duration alone) {
            Set<Heartbeat> others = new LinkedHashSet<>(due(this, alone));
            List<Heartbeat> settled =
                    due(this, together).stream().filter(Heartbeat::isSettled).toList();
            beatTogether(settled);
            settled.forEach(others::remove);
            long begun = System.nanoTime();
            for (Heartbeat other : others) {
                if (System.nanoTime() - begun < ARRIVALS.toNanos()) {
                    other.beat();
                }
            }
        }
    }

    private static void beatTogether(List<Heartbeat> all) {
        for (int from = 0; from < all.size(); from += TOGETHER) {
            beat(all.subList(from, Math.min(all.size(), from + TOGETHER)));
        }
    }

    /**
     * If one instance's table is locked or was dropped, the others must still beat. The failing one is found by halving the list;
     * its next beat is sent alone.
     */
    private static void beat(List<Heartbeat> some) {
        if (some.size() < 2) {
            some.forEach(Heartbeat::beat);
            return;
        }
        try {
            List<Boolean> alive =
                    Presence.beat(some.stream().map(Heartbeat::presence).toList());
            for (int one = 0; one < alive.size(); one++) {
                some.get(one).beaten(alive.get(one));
            }
        } catch (SQLException | DataAccessException failure) {
            LOG.debug("{} instances could not send their heartbeat", some.size(), failure);
            if (Trouble.of(failure) == Trouble.CONNECTION) {
                some.forEach(one -> one.missedWithAll(failure));
            } else {
                beat(some.subList(0, some.size() / 2));
                beat(some.subList(some.size() / 2, some.size()));
            }
        }
    }
}
