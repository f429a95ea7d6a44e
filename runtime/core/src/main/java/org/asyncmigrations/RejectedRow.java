package org.asyncmigrations;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row that could not be changed even alone, and was set aside so that the walk could go on. Immutable, and so safe for
 * threads.
 *
 * @param key its key as the database writes it, the columns of a composite one with bars between
 * @param error what was thrown
 * @param attempts how often it was tried
 * @param lastTriedAt when it was last tried
 * @param accepted why an operator leaves it as it is, see {@link MigrationHandle#acceptRejects}; null if nobody has accepted it
 */
public record RejectedRow(
        String key,
        String error,
        int attempts,
        Instant lastTriedAt,
        @Nullable String accepted) {
    /**
     * Refuses null.
     *
     * @param key its key
     * @param error what was thrown
     * @param attempts how often it was tried
     * @param lastTriedAt when it was last tried
     * @param accepted why it is left as it is, or null
     */
    public RejectedRow {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(error, "error");
        Objects.requireNonNull(lastTriedAt, "lastTriedAt");
    }

    /**
     * A row that nobody has accepted.
     *
     * @param key its key
     * @param error what was thrown
     * @param attempts how often it was tried
     * @param lastTriedAt when it was last tried
     */
    public RejectedRow(String key, String error, int attempts, Instant lastTriedAt) {
        this(key, error, attempts, lastTriedAt, null);
    }
}
