package org.asyncmigrations.throttle;

import java.time.Duration;
import org.asyncmigrations.product.TimeBounds;

/**
 * How far a replica may be behind. Immutable and thread-safe.
 *
 * @param most the longest time, between 1 ms and 24 days
 */
record LagLimit(Duration most) {
    LagLimit {
        TimeBounds.ANY.require("replicationLag", most);
    }

    boolean isExceededBy(Duration lag) {
        return lag.compareTo(most) > 0;
    }

    /** {@return the answer if a replica is further behind; without the lag itself, which keeps changing} */
    Answer exceededBy(String replica) {
        return Answer.unhealthy(replica + " is more than " + written() + " behind");
    }

    private String written() {
        long millis = most.toMillis();
        if (millis % 1_000 != 0) {
            return millis + " ms";
        }
        return millis % 60_000 != 0 ? millis / 1_000 + " s" : millis / 60_000 + " min";
    }
}
