package org.asyncmigrations.processor.model;

/**
 * An annotation that means something on a migration, on a class that is none.
 *
 * @param annotation its name without package
 */
public record Stray(String annotation, String simpleName, Origin origin) {}
