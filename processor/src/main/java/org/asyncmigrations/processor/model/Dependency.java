package org.asyncmigrations.processor.model;

import java.util.Optional;

/**
 * A class that a migration comes after.
 *
 * @param name its full name
 * @param version its version, absent where it is no migration
 * @param origin the class in the annotation
 */
public record Dependency(String name, Optional<Version> version, Origin origin) {
    /** {@return its name without package} */
    public String simpleName() {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
