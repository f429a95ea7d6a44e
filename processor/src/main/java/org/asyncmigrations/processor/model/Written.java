package org.asyncmigrations.processor.model;

/**
 * A word or text of the user's.
 *
 * @param value what it says
 * @param origin where it is written down, or whatever stands for it
 */
public record Written(String value, Origin origin) {}
