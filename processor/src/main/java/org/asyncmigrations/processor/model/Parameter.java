package org.asyncmigrations.processor.model;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.TypeName;
import java.util.List;
import java.util.Set;

/**
 * A parameter of a constructor. Its type and annotations are JavaPoet's, because those are values that can be compared and
 * written.
 *
 * @param type its type, without annotations; a type variable with the written name if the compiler doesn't know the type
 * @param resolved false if the compiler doesn't know the type, which the compiler reports
 * @param visible whether code in the registry's package can name the type
 * @param warnings the names of the warnings that a compiler reports where the type is named
 * @param qualifiers the annotations that distinguish it from another parameter with the same name and type, sorted
 * @param typeMarks the full names of the annotations without values on its type, such as {@code @Nullable}; one inside the type
 *     begins with its path: {@code 1/0/} for the {@code String} in {@code Map<Integer, List<String>>}
 */
public record Parameter(
        String name,
        TypeName type,
        boolean resolved,
        boolean visible,
        Set<String> warnings,
        List<Qualifier> qualifiers,
        List<String> typeMarks,
        Origin origin) {
    /**
     * An annotation of a parameter.
     *
     * @param named whether a parameter in the registry's package can have it too
     * @param copied whether a method there can have it
     */
    public record Qualifier(AnnotationSpec annotation, boolean named, boolean copied) {}

    public Parameter {
        warnings = Set.copyOf(warnings);
        qualifiers = List.copyOf(qualifiers);
        typeMarks = List.copyOf(typeMarks);
    }

    /** {@return its name and the annotations on its type, as one word} */
    String indexed() {
        StringBuilder word = new StringBuilder(name);
        typeMarks.forEach(mark -> word.append('@').append(mark));
        return word.toString();
    }

    /** {@return the same parameter, with what a class file lacks} */
    Parameter restored(String indexed) {
        List<String> words = List.of(indexed.split("@"));
        return new Parameter(
                words.get(0), type, resolved, visible, warnings, qualifiers, words.subList(1, words.size()), origin);
    }
}
