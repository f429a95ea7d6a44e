package org.asyncmigrations.processor.model;

import com.palantir.javapoet.TypeName;
import java.util.Set;

/**
 * A parameter of a constructor. Its type is JavaPoet's, a value that can be compared and written down.
 *
 * @param name its name
 * @param type its type
 * @param resolved false where the compiler does not know the type, which it says itself
 * @param visible whether the type can be named in the registry's package
 * @param complaints the names of the warnings that a compiler gives where the type is named
 */
public record Parameter(String name, TypeName type, boolean resolved, boolean visible, Set<String> complaints) {
    /**
     * Copies the set.
     *
     * @param name its name
     * @param type its type
     * @param resolved whether the compiler knows the type
     * @param visible whether the type can be named
     * @param complaints the warnings that naming it makes
     */
    public Parameter {
        complaints = Set.copyOf(complaints);
    }
}
