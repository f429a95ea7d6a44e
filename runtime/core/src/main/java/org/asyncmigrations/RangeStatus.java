package org.asyncmigrations;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A range of keys that a worker has started and not finished. Keys are shown as the database writes them, with bars between the
 * columns of a composite key. Immutable and thread-safe.
 *
 * @param version the migration; negative for the walk that seals it before an after-release migration
 * @param number the range's number within the migration
 * @param owner the worker that has claimed it, null for none
 * @param claimedUntil when the claim ends unless it is renewed; null for no claim
 * @param from the key that it starts after, null for the beginning of the table
 * @param cursor the last key of its committed batches, null before its first batch
 * @param to its last key, null for the end of the table
 * @param attempts claims since its cursor last moved
 * @param rowsDone rows changed in it
 * @param keysWalked keys walked in it
 * @param lastProgressAt when one of its batches last committed, or a worker last claimed it
 * @param rate keys per second, pauses included, over about the last 30 seconds; null before its first batch, or if the state tables
 *     lack the column
 * @param batchSize keys of its last batch; null like the rate
 * @param batchTime how long that batch took; null like the rate
 */
public record RangeStatus(
        long version,
        long number,
        @Nullable String owner,
        @Nullable Instant claimedUntil,
        @Nullable String from,
        @Nullable String cursor,
        @Nullable String to,
        int attempts,
        long rowsDone,
        long keysWalked,
        Instant lastProgressAt,
        @Nullable Long rate,
        @Nullable Long batchSize,
        @Nullable Duration batchTime) {}
