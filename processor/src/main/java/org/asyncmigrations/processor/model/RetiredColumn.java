package org.asyncmigrations.processor.model;

import com.palantir.javapoet.ClassName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A {@code @RetiresColumn} annotation.
 *
 * @param fields the names of the fields by which the table class names its columns
 * @param access how generated code gets the table, absent where it cannot
 * @param warnings the names of the warnings that a compiler gives where the table class is named
 * @param origin where the column's name is
 */
public record RetiredColumn(
        ClassName table,
        String name,
        List<String> fields,
        Optional<Access> access,
        Set<String> warnings,
        Origin origin) {
    /**
     * How generated code gets a table.
     *
     * @param constant the field that holds it, empty where one is made by the constructor
     */
    public record Access(String constant) {}

    public RetiredColumn {
        fields = List.copyOf(fields);
        warnings = Set.copyOf(warnings);
    }
}
