package org.asyncmigrations;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Selects the events that an operator reads. Immutable and thread-safe.
 *
 * @param version the migration, including its sealing walk; null for all
 * @param from the earliest time; null for the newest events
 * @param after the id of the event to continue from, which must still be in the table; null for none. Transactions don't commit in
 *     the order of their events' times, so the events of the minute before that one are returned again: a caller that follows the
 *     events ignores ids that it has already seen
 * @param limit the most events to return, not counting those that are returned again
 */
public record EventQuery(
        @Nullable Long version,
        @Nullable Instant from,
        @Nullable String after,
        int limit) {
    /** As many as a person reads at once. */
    private static final int PAGE = 100;

    /**
     * Refuses a limit below one.
     *
     * @param version the migration, or null
     * @param from the earliest time, or null
     * @param after the id of the event to continue from, or null
     * @param limit the most events to return
     */
    public EventQuery {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be 1 or more, but is " + limit);
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
     * @param id the id of that event
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
     * @param limit the most events to return
     * @return the query
     */
    public EventQuery limit(int limit) {
        return new EventQuery(version, from, after, limit);
    }
}
