package org.asyncmigrations.processor.model;

/**
 * A {@code requiresSchema} that is written down.
 *
 * @param version what it says
 * @param origin where it is said
 */
public record SchemaRequirement(String version, Origin origin) {}
