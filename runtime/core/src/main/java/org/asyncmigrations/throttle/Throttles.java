package org.asyncmigrations.throttle;

/**
 * The throttles that come with the runtime. Each is safe for threads. Those that read something keep it for a second, so that
 * asking them often is cheap; make a new one for each registry, since what they remember is of one database.
 */
public final class Throttles {
    private Throttles() {}

    /**
     * A share of the time: after a batch that took 100 ms, {@code load(0.25)} rests for 300 ms. Each worker rests for itself, so
     * two of them at a quarter keep the database as busy as one at a half.
     *
     * @param share more than 0 and at most 1, which is to rest never
     * @return the throttle
     * @throws IllegalArgumentException for another share
     */
    public static Throttle load(double share) {
        return new LoadShare(share);
    }
}
