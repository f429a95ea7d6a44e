package org.asyncmigrations.state;

/**
 * The right to work on a migration or a range. Immutable, and so safe for threads.
 *
 * @param owner who has it; unique for each claim
 * @param token the claim's number; grows with each claim of the same row
 * @param since a reading of {@link System#nanoTime()} from before it was asked for
 */
public record Claim(String owner, long token, long since) {}
