package org.asyncmigrations.batch;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** The waits of a walk from one trouble to the next, longer each time. Used by one thread. */
final class Pauses {
    /** The first wait after giving way: about a batch, so that whoever we gave way to has gone. */
    private static final Duration SHORT_WAIT = Duration.ofMillis(50);

    private final Duration longest;
    private int troubles;

    Pauses(Duration longest) {
        this.longest = longest;
    }

    /** {@return how long to wait; doubles each time, with a random share, so that two that meet do not meet again} */
    Duration next() {
        long millis = Math.min(longest.toMillis(), SHORT_WAIT.toMillis() << Math.min(troubles++, 10));
        return Duration.ofMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
    }

    /** A step has gone well: the next trouble is a first one. {@return whether there was one before it} */
    boolean end() {
        boolean was = troubles > 0;
        troubles = 0;
        return was;
    }
}
