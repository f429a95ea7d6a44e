package org.asyncmigrations.state;

/**
 * A row that couldn't be changed, even in a batch of its own. Immutable and thread-safe.
 *
 * @param key its key, as in the state tables
 * @param error what was thrown
 */
public record Reject(String key, String error) {}
