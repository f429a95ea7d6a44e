package org.asyncmigrations.example.rolling.driver;

import java.time.Duration;

/**
 * The size of the example. Immutable.
 *
 * @param instances instances of the application at a time
 * @param customers customers at first
 * @param settle the time between the two readings that open a gate; long enough to start an instance in between, if one should
 *     come late
 * @param lateRollBack whether an instance of release 2 comes back after the last of them was gone
 */
record Plan(int instances, int customers, Duration settle, boolean lateRollBack) {
    /** With the library's default settle time. */
    static final Plan FULL = new Plan(3, 10_000, Duration.ofSeconds(30), true);

    static final Plan SHORT = new Plan(2, 2_000, Duration.ofSeconds(1), false);
}
