package org.asyncmigrations.state;

import org.asyncmigrations.product.Limits;

/**
 * The right to work on a migration or a range. Immutable and thread-safe.
 *
 * @param owner who holds it; unique for each claim
 * @param token the claim's number; grows with each claim of the same row
 * @param since a reading of {@link System#nanoTime()} from before the claim
 */
public record Claim(String owner, long token, long since) {
    /** {@return the name of the session that works under this claim, as the server shows it} */
    public String sessionName() {
        return sessionName(owner);
    }

    /**
     * The name of the session that works under a claim, as the server shows it.
     *
     * @param owner who holds or held the claim
     * @return the name
     */
    public static String sessionName(String owner) {
        return Limits.OF_A_CLAIM + owner;
    }
}
