package org.asyncmigrations.processor.scan;

import com.palantir.javapoet.ClassName;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.Element;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import org.asyncmigrations.processor.model.Origin;

/**
 * The names of the warnings that a compiler reports where something is used. Generated code suppresses them, because the user's
 * own code has them already.
 */
final class WarningNames {
    private static final ClassName DEPRECATED = ClassName.get(Deprecated.class);

    private WarningNames() {}

    /** {@return the warnings about a class or constructor, and the classes around it} */
    static Set<String> about(Element used) {
        Set<String> warnings = new TreeSet<>();
        for (Element e = used; e != null && !(e instanceof PackageElement); e = e.getEnclosingElement()) {
            Annotations.find(e, DEPRECATED, Origin.BUILD)
                    .map(found -> found.read("forRemoval", Boolean.class).orElse(false) ? "removal" : "deprecation")
                    .ifPresent(warnings::add);
        }
        return warnings;
    }

    /** {@return the warnings about a type} */
    static Set<String> about(TypeMirror type) {
        Set<String> warnings = new TreeSet<>();
        if (type instanceof DeclaredType declared && declared.asElement() instanceof TypeElement element) {
            warnings.addAll(about(element));
            if (declared.getTypeArguments().isEmpty()
                    && !element.getTypeParameters().isEmpty()) {
                warnings.add("rawtypes");
            }
            declared.getTypeArguments().forEach(argument -> warnings.addAll(about(argument)));
        } else if (type instanceof ArrayType array) {
            warnings.addAll(about(array.getComponentType()));
        } else if (type instanceof WildcardType wildcard) {
            TypeMirror bound =
                    wildcard.getExtendsBound() != null ? wildcard.getExtendsBound() : wildcard.getSuperBound();
            warnings.addAll(bound == null ? Set.of() : about(bound));
        }
        return warnings;
    }
}
