package org.asyncmigrations.state;

import org.jspecify.annotations.Nullable;

/**
 * A row of the ranges' table as it was read. Immutable and thread-safe.
 *
 * @param version the migration
 * @param number its number
 * @param fromKey the key that it begins behind, null for the beginning of the table
 * @param toKey its last key, null for the end of the table
 * @param cursor the key up to which it is done, null before its first batch
 * @param claimed whether somebody holds a live claim on it
 * @param owner who has claimed it last, null for nobody
 * @param token the last claim's number
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
    /** {@return the key that the next batch begins behind, null for the beginning of the table} */
    public @Nullable String position() {
        return cursor == null ? fromKey : cursor;
    }

    /** {@return whether all of it is done} */
    public boolean isWalked() {
        return toKey != null && toKey.equals(cursor);
    }

    /**
     * The range as it is after a claim.
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
     * @return true while nobody else has claimed it since
     */
    public boolean isHeldBy(Claim claim) {
        return token == claim.token() && claim.owner().equals(owner);
    }
}
