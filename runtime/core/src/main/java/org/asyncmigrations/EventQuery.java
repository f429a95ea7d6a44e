package org.asyncmigrations;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which events an operator reads. Immutable, and so safe for threads.
 *
 * @param version the migration, its sealing walk included; null for all
 * @param from no event before this time; null for the newest ones
 * @param after the id of the event to read on from, which must still be in the table; null for none. Transactions commit in
 *     another order than that of their events' times, so the events of the minute before that one are read again: whoever
 *     follows leaves out the ids that were seen already
 * @param limit at most so many, those that are read again not counted
 */
public record EventQuery(
        @Nullable Long version,
        @Nullable Instant from,
        @Nullable String after,
        int limit) {
    /** What a person reads at once. */
    private static final int PAGE = 100;

    /**
     * Refuses a limit below one.
     *
     * @param version the migration, or null
     * @param from no event before this time, or null
     * @param after the id of the event to read on from, or null
     * @param limit at most so many
     */
    public EventQuery {
        if (limit < 1) {
            throw new IllegalArgumentException("a limit of " + limit + " events; at least one is read");
        }
    }

    /**
     * The newest events.
     *
     * @param limit how many
     * @return a query for the events of all migrations
     */
    public static EventQuery latest(int limit) {
        return new EventQuery(null, null, null, limit);
    }

    /**
     * The events since an event, the oldest first.
     *
     * @param id that event's
     * @return a query for 100 events of all migrations
     */
    public static EventQuery since(String id) {
        return new EventQuery(null, null, Objects.requireNonNull(id, "id"), PAGE);
    }

    /**
     * The events since a time, the oldest first.
     *
     * @param from the time, by the database's clock
     * @return a query for 100 events of all migrations
     */
    public static EventQuery since(Instant from) {
        return new EventQuery(null, Objects.requireNonNull(from, "from"), null, PAGE);
    }

    /**
     * The same query for one migration.
     *
     * @param version its version
     * @return the query
     */
    public EventQuery of(long version) {
        return new EventQuery(version, from, after, limit);
    }

    /**
     * The same query with another limit.
     *
     * @param limit at most so many events
     * @return the query
     */
    public EventQuery limit(int limit) {
        return new EventQuery(version, from, after, limit);
    }
}
