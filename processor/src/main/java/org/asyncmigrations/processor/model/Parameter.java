package org.asyncmigrations.processor.model;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.TypeName;
import java.util.List;
import java.util.Set;

/**
 * A parameter of a constructor. Its type and annotations are JavaPoet's, values that can be compared and written down.
 *
 * @param type its type, without annotations; a variable of what is written if the compiler does not know it
 * @param resolved false if the compiler does not know the type, which it says itself
 * @param visible whether the type can be named in the registry's package
 * @param warnings the names of the warnings that a compiler gives where the type is named
 * @param qualifiers the annotations that tell it from another parameter of its name and type, sorted
 * @param typeMarks the full names of the annotations without values on its type, such as {@code @Nullable}; one inside the type
 *     begins with its way there: {@code 1/0/} for the {@code String} in {@code Map<Integer, List<String>>}
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
     * @param copied whether a method there can
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

    /** The same parameter with what a class file does not say of it. */
    Parameter restored(String indexed) {
        List<String> words = List.of(indexed.split("@"));
        return new Parameter(
                words.get(0), type, resolved, visible, warnings, qualifiers, words.subList(1, words.size()), origin);
    }
}
