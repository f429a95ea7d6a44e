package org.asyncmigrations.processor.model;

/**
 * An annotation that means something on a migration, on a class that is none.
 *
 * @param annotation its name without package
 * @param simpleName the class
 * @param origin where it is
 */
public record Stray(String annotation, String simpleName, Origin origin) {}
