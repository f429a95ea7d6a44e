package org.asyncmigrations;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A range of keys that is handed out and not finished. Keys are as the database writes them, the columns of a composite one with
 * bars between. Immutable, and so safe for threads.
 *
 * @param version the migration; below zero for the walk that seals it before an after-release migration
 * @param number the range's number within the migration
 * @param owner who has claimed it, null for nobody
 * @param claimedUntil when the claim ends unless it is renewed; null for no claim
 * @param from the key that it begins behind, null for the beginning of the table
 * @param cursor the key up to which it is done, null before its first batch
 * @param to its last key, null for the end of the table
 * @param attempts claims since its cursor last moved
 * @param rowsDone rows changed in it
 * @param keysWalked keys walked in it
 * @param lastProgressAt when a batch of it last committed, or a worker last claimed it
 * @param rate keys that its worker walks in a second, rests included, over about the last 30 seconds; null before its first batch,
 *     and if the state tables lack the column
 * @param batchSize keys of its last batch; null as for the rate
 * @param batchTime how long that batch took; null as for the rate
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
