package org.asyncmigrations.processor.body;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;

/** The classes behind the types of declarations. */
final class DeclaredTypes {
    private DeclaredTypes() {}

    /** Of all the types; none where one of them may be anything. What has no methods is left out. */
    static Set<TypeElement> elements(Stream<? extends TypeMirror> types) {
        List<? extends TypeMirror> references = types.filter(
                        type -> !type.getKind().isPrimitive() && type.getKind() != TypeKind.VOID)
                .toList();
        Set<TypeElement> found = new LinkedHashSet<>();
        for (TypeMirror type : references) {
            Optional<TypeElement> element = element(type);
            if (element.isEmpty()) {
                return Set.of();
            }
            found.add(element.get());
        }
        return found;
    }

    /** Absent where it may be anything, or is not there yet: some other processor may be about to write it. */
    private static Optional<TypeElement> element(TypeMirror type) {
        TypeMirror bound = type instanceof TypeVariable variable ? variable.getUpperBound() : type;
        return bound.getKind() == TypeKind.DECLARED
                        && bound instanceof DeclaredType declared
                        && declared.asElement() instanceof TypeElement element
                        && !(bound != type && element.getQualifiedName().contentEquals("java.lang.Object"))
                ? Optional.of(element)
                : Optional.empty();
    }
}
