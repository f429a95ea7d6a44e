package org.asyncmigrations.example.threereleases.driver;

import java.time.Duration;

/**
 * The size of the example. Immutable.
 *
 * @param instances instances of the application at a time
 * @param rows customers at first, and orders
 * @param claim how long the work of a killed instance waits for its successor
 * @param settle the time between the two readings that open a gate
 * @param sideBySide how many requests two releases answer side by side, before the next instance is replaced
 */
record Plan(int instances, int rows, Duration claim, Duration settle, int sideBySide) {
    static final Plan FULL = new Plan(3, 200_000, Duration.ofSeconds(10), Duration.ofSeconds(30), 2_000);

    static final Plan SHORT = new Plan(2, 100_000, Duration.ofSeconds(2), Duration.ofSeconds(1), 200);
}
