package org.asyncmigrations.processor.model;

import com.palantir.javapoet.ClassName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A {@code @RetiresColumn} annotation.
 *
 * @param fields the names of the table class's fields for columns
 * @param access how generated code gets the table, absent if it can't
 * @param warnings the names of the warnings that a compiler reports where the table class is named
 * @param origin the place of the column's name
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
     * @param constant the field that contains it, empty if the constructor creates it
     */
    public record Access(String constant) {}

    public RetiredColumn {
        fields = List.copyOf(fields);
        warnings = Set.copyOf(warnings);
    }
}
