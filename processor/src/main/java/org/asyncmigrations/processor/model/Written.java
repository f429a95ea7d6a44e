package org.asyncmigrations.processor.model;

/**
 * A word or text that a user has written.
 *
 * @param value the text
 * @param origin its place, or the place of what implies it
 */
public record Written(String value, Origin origin) {}
