package org.asyncmigrations.processor.scan;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import org.asyncmigrations.processor.model.RuntimeNames;

/**
 * Finds what a migration names and the compiler doesn't know, because it is missing, or another processor generates it in a later
 * round.
 *
 * @param visibility what code in the registry's package can name
 */
record Unresolved(Visibility visibility) {
    /** What compilers return as the value of an expression that they could not resolve. */
    private static final String NO_VALUE = "<error>";

    /**
     * {@return the first unknown part of a migration, in words} Type arguments of supertypes don't count, because the registry
     * doesn't use them.
     */
    Optional<String> in(TypeElement type) {
        return Stream.of(values(type), Supertypes.unresolved(type).map(name -> "supertype " + name), parameters(type))
                .flatMap(found -> found)
                .findFirst();
    }

    private static Stream<String> values(TypeElement type) {
        return type.getAnnotationMirrors().stream()
                .filter(mirror -> mirror.getAnnotationType().toString().startsWith(RuntimeNames.API + "."))
                .flatMap(mirror -> mirror.getElementValues().entrySet().stream()
                        .filter(entry -> isUnresolved(entry.getValue().getValue()))
                        .map(entry -> "value " + entry.getKey().getSimpleName() + " of @"
                                + mirror.getAnnotationType().asElement().getSimpleName()));
    }

    private static boolean isUnresolved(Object value) {
        if (value instanceof AnnotationMirror mirror) {
            return anyUnresolved(mirror.getElementValues().values());
        }
        return value instanceof List<?> members && anyUnresolved(members)
                || value instanceof TypeMirror type && type.getKind() == TypeKind.ERROR
                || NO_VALUE.equals(value);
    }

    private static boolean anyUnresolved(Collection<?> values) {
        return values.stream().anyMatch(value -> value instanceof AnnotationValue v && isUnresolved(v.getValue()));
    }

    private Stream<String> parameters(TypeElement type) {
        return ElementFilter.constructorsIn(type.getEnclosedElements()).stream()
                .filter(visibility::sees)
                .map(ExecutableElement::getParameters)
                .flatMap(List::stream)
                .filter(parameter -> !Visibility.isResolved(parameter.asType()))
                .map(parameter -> "type " + parameter.asType() + " of parameter " + parameter.getSimpleName());
    }
}
