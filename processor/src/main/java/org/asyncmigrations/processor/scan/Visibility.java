package org.asyncmigrations.processor.scan;

import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import org.jspecify.annotations.Nullable;

/**
 * What code in one package can name.
 *
 * @param packageName the package of the registry
 */
record Visibility(String packageName) {
    /** Whether the code can see a class or constructor, and each class around it. */
    boolean sees(Element element) {
        for (Element e = element; e != null && !(e instanceof PackageElement); e = e.getEnclosingElement()) {
            if (e.getModifiers().contains(Modifier.PRIVATE)
                    || !e.getModifiers().contains(Modifier.PUBLIC) && !isInPackage(e)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the code can name a type and all its parts. */
    boolean sees(TypeMirror type) {
        boolean declared = type.getKind() == TypeKind.DECLARED;
        return (!declared || sees(((DeclaredType) type).asElement()))
                && parts(type).stream().allMatch(this::sees);
    }

    /** Whether the compiler knows a type and all its parts. */
    static boolean isResolved(TypeMirror type) {
        return type.getKind() != TypeKind.ERROR && parts(type).stream().allMatch(Visibility::isResolved);
    }

    private boolean isInPackage(Element element) {
        Element e = element;
        while (e != null && !(e instanceof PackageElement)) {
            e = e.getEnclosingElement();
        }
        return e instanceof PackageElement found && found.getQualifiedName().contentEquals(packageName);
    }

    /** {@return the parts of a type, in the order in which they are written} */
    static List<? extends TypeMirror> parts(TypeMirror type) {
        if (type instanceof DeclaredType declared) {
            return declared.getTypeArguments();
        }
        if (type instanceof ArrayType array) {
            return List.of(array.getComponentType());
        }
        if (type instanceof WildcardType wildcard) {
            return bound(wildcard.getExtendsBound(), wildcard.getSuperBound());
        }
        return List.of();
    }

    private static List<? extends TypeMirror> bound(@Nullable TypeMirror upper, @Nullable TypeMirror lower) {
        if (upper != null) {
            return List.of(upper);
        }
        return lower == null ? List.of() : List.of(lower);
    }
}
