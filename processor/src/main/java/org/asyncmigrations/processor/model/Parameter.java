package org.asyncmigrations.processor.model;

import com.palantir.javapoet.TypeName;

/**
 * A parameter of a constructor. Its type is JavaPoet's, a value that can be compared and written down.
 *
 * @param name its name
 * @param type its type
 * @param resolved false where the compiler does not know the type, which it says itself
 * @param visible whether the type can be named in the registry's package
 */
public record Parameter(String name, TypeName type, boolean resolved, boolean visible) {}
