package org.asyncmigrations.state;

import org.asyncmigrations.product.Limits;

/**
 * The right to work on a migration or a range. Immutable and thread-safe.
 *
 * @param owner who has it; unique for each claim
 * @param token the claim's number; grows with each claim of the same row
 * @param since a reading of {@link System#nanoTime()} from before it was asked for
 */
public record Claim(String owner, long token, long since) {
    /** {@return what the server shows of the session that works under this claim} */
    public String sessionName() {
        return sessionName(owner);
    }

    /**
     * What the server shows of the session that works under a claim.
     *
     * @param owner who has it, or had it
     * @return the name
     */
    public static String sessionName(String owner) {
        return Limits.OF_A_CLAIM + owner;
    }
}
