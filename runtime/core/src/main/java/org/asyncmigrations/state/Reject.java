package org.asyncmigrations.state;

/**
 * A row that could not be changed even alone. Immutable and thread-safe.
 *
 * @param key its key as the state tables hold it
 * @param error what was thrown
 */
public record Reject(String key, String error) {}
