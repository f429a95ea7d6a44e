package org.asyncmigrations.processor.scan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import org.asyncmigrations.processor.model.Kind;
import org.asyncmigrations.processor.model.RuntimeNames;
import org.asyncmigrations.processor.model.SupertypeFacts;

/** Reads what a class inherits from all its supertypes. */
final class Supertypes {
    private final Set<String> names = new LinkedHashSet<>();
    private final List<String> unresolved = new ArrayList<>();
    private boolean overridesPending;

    private Supertypes() {}

    static SupertypeFacts supertypes(TypeElement type) {
        Supertypes supertypes = new Supertypes();
        supertypes.walk(type);
        boolean guarded = supertypes.names.contains(RuntimeNames.GUARDED.canonicalName());
        boolean backfill = supertypes.names.contains(RuntimeNames.SQL_BACKFILL.canonicalName());
        return new SupertypeFacts(supertypes.kind(), guarded, supertypes.overridesPending, backfill);
    }

    /** {@return the supertypes that the compiler doesn't know} */
    static Stream<String> unresolved(TypeElement type) {
        Supertypes supertypes = new Supertypes();
        supertypes.walk(type);
        return supertypes.unresolved.stream();
    }

    private Kind kind() {
        boolean data = names.contains(RuntimeNames.DATA_MIGRATION.canonicalName());
        boolean batch = names.contains(RuntimeNames.BATCH_MIGRATION.canonicalName());
        boolean schema = names.contains(RuntimeNames.SCHEMA_MIGRATION.canonicalName());
        if (data && batch || data && schema || batch && schema) {
            return Kind.SEVERAL;
        }
        if (!unresolved.isEmpty()) {
            return Kind.UNKNOWN;
        }
        return data ? Kind.DATA : batch ? Kind.BATCH : schema ? Kind.SCHEMA : Kind.NONE;
    }

    private void walk(TypeElement start) {
        Deque<TypeElement> left = new ArrayDeque<>();
        left.add(start);
        while (!left.isEmpty()) {
            TypeElement type = left.remove();
            if (!names.add(type.getQualifiedName().toString())) {
                continue;
            }
            overridesPending |= !type.getQualifiedName().contentEquals(RuntimeNames.BATCH_MIGRATION.canonicalName())
                    && ElementFilter.methodsIn(type.getEnclosedElements()).stream()
                            .anyMatch(Supertypes::isPending);
            add(type.getSuperclass(), left);
            type.getInterfaces().forEach(parent -> add(parent, left));
        }
    }

    private void add(TypeMirror parent, Deque<TypeElement> left) {
        if (parent.getKind() == TypeKind.ERROR) {
            unresolved.add(parent.toString());
        } else if (parent instanceof DeclaredType declared && declared.asElement() instanceof TypeElement type) {
            left.add(type);
        }
    }

    private static boolean isPending(ExecutableElement method) {
        return method.getSimpleName().contentEquals(RuntimeNames.PENDING)
                && method.getParameters().isEmpty()
                && !method.getModifiers().contains(Modifier.STATIC)
                && !method.getModifiers().contains(Modifier.PRIVATE);
    }
}
