package org.asyncmigrations.processor.model;

import java.util.List;

/**
 * A constructor of a migration.
 *
 * @param visible whether it can be called in the registry's package
 * @param generic whether it has type parameters of its own
 * @param parameters what it needs
 * @param origin the constructor
 */
public record Constructor(boolean visible, boolean generic, List<Parameter> parameters, Origin origin) {
    /**
     * Copies the list.
     *
     * @param visible whether it can be called
     * @param generic whether it has type parameters
     * @param parameters what it needs
     * @param origin the constructor
     */
    public Constructor {
        parameters = List.copyOf(parameters);
    }

    /** {@return whether generated code can call it} */
    public boolean isUsable() {
        return visible && !generic && parameters.stream().allMatch(p -> p.resolved() && p.visible());
    }
}
