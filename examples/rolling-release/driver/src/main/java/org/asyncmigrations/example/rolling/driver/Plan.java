package org.asyncmigrations.example.rolling.driver;

import java.time.Duration;

/**
 * How large the story is. Immutable.
 *
 * @param instances of the application at a time
 * @param customers to begin with
 * @param settle between the two readings that open a gate; long enough to start an instance meanwhile, if one is to come late
 * @param lateRollBack whether an instance of release 2 comes back after the last of them has gone
 */
record Plan(int instances, int customers, Duration settle, boolean lateRollBack) {
    /** The settle time is the library's own default. */
    static final Plan FULL = new Plan(3, 10_000, Duration.ofSeconds(30), true);

    static final Plan SHORT = new Plan(2, 2_000, Duration.ofSeconds(1), false);
}
