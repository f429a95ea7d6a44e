package org.asyncmigrations.console;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * Limits how many orders a user may give in a minute: more than a person needs, and few enough to keep the table of events
 * readable. Thread-safe.
 */
final class OrderLimit {
    private static final int MOST = 60;
    private static final long MINUTE = 60;

    private final InstantSource clock;
    private final Map<String, Integer> given = new HashMap<>();
    private long minute;

    OrderLimit(InstantSource clock) {
        this.clock = clock;
    }

    synchronized boolean allows(String principal) {
        long now = clock.instant().getEpochSecond() / MINUTE;
        if (now != minute) {
            given.clear();
            minute = now;
        }
        return given.merge(principal, 1, Integer::sum) <= MOST;
    }
}
