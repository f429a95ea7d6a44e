package org.asyncmigrations.state;

import org.jspecify.annotations.Nullable;

/**
 * A row of the ranges table, as read. Immutable and thread-safe.
 *
 * @param version the migration
 * @param number its number
 * @param fromKey the key after which it begins, null for the beginning of the table
 * @param toKey its last key, null for the end of the table
 * @param cursor the last key of its committed batches, null before the first
 * @param claimed whether someone holds a live claim on it
 * @param owner who claimed it last, null for nobody
 * @param token the number of the last claim
 * @param attempts claims since its cursor last moved
 * @param begun whether some of its keys have been walked
 */
public record RangeRow(
        long version,
        long number,
        @Nullable String fromKey,
        @Nullable String toKey,
        @Nullable String cursor,
        boolean claimed,
        @Nullable String owner,
        long token,
        int attempts,
        boolean begun) {
    /** {@return the key after which the next batch begins, null for the beginning of the table} */
    public @Nullable String position() {
        return cursor == null ? fromKey : cursor;
    }

    /** {@return whether all of it is done} */
    public boolean isWalked() {
        return toKey != null && toKey.equals(cursor);
    }

    /**
     * The range after a claim.
     *
     * @param claim the claim
     * @return the range, claimed once more
     */
    public RangeRow claimedBy(Claim claim) {
        return new RangeRow(
                version, number, fromKey, toKey, cursor, true, claim.owner(), claim.token(), attempts + 1, begun);
    }

    /**
     * Whether a claim still holds.
     *
     * @param claim the claim
     * @return true if nobody else has claimed it since
     */
    public boolean isHeldBy(Claim claim) {
        return token == claim.token() && claim.owner().equals(owner);
    }
}
