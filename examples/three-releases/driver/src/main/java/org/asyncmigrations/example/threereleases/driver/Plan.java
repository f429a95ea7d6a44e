package org.asyncmigrations.example.threereleases.driver;

import java.time.Duration;

/**
 * The size of the example. Immutable.
 *
 * @param instances instances of the application at a time
 * @param customers customers at first
 * @param claim how long the work of a killed instance waits for its successor
 * @param settle the time between the two readings that open a gate
 * @param sideBySide how many requests two releases answer side by side, before the next instance is replaced
 * @param reports whether a report reads the table before each schema change, and an instance is killed while it waits for that
 */
record Plan(int instances, int customers, Duration claim, Duration settle, int sideBySide, boolean reports) {
    static final Plan FULL = new Plan(3, 200_000, Duration.ofSeconds(10), Duration.ofSeconds(30), 2_000, true);

    static final Plan SHORT = new Plan(2, 20_000, Duration.ofSeconds(3), Duration.ofSeconds(1), 200, false);
}
