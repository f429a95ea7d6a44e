package org.asyncmigrations;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row that couldn't be changed, even in a batch of its own, and was set aside so that the walk could continue. Immutable and
 * thread-safe.
 *
 * @param key its key as the database writes it, with bars between the columns of a composite key
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
