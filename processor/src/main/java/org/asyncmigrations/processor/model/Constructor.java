package org.asyncmigrations.processor.model;

import java.util.List;
import java.util.Set;

/**
 * A constructor of a migration.
 *
 * @param visible whether code in the registry's package can call it
 * @param generic whether it has type parameters of its own
 * @param warnings the names of the warnings that a compiler reports at a call
 */
public record Constructor(
        boolean visible,
        boolean isPublic,
        boolean generic,
        List<Parameter> parameters,
        Set<String> warnings,
        Origin origin) {
    public Constructor {
        parameters = List.copyOf(parameters);
        warnings = Set.copyOf(warnings);
    }

    /** {@return whether generated code can call it} */
    public boolean isUsable() {
        return visible && !generic && parameters.stream().allMatch(p -> p.resolved() && p.visible());
    }
}
