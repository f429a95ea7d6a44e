package org.asyncmigrations.processor.body;

import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;

/**
 * Looks up what is called. The first look-up in a class makes javac look through all its bodies, which it does again when the
 * rounds are over: asked only of calls that are findings unless another method is meant.
 *
 * @param trees javac's trees
 */
record Callee(Trees trees) {
    private static final Set<String> JOOQ = Set.of("org.jooq.DSLContext", "org.jooq.impl.DSL", "org.jooq.WithStep");
    private static final String DDL_QUERY = "org.jooq.DDLQuery";
    private static final Set<String> SQL_TAKERS = Set.of(
            "org.jooq.DSLContext",
            "org.jooq.impl.DSL",
            "java.sql.Connection",
            "java.sql.Statement",
            "org.springframework.jdbc.core.JdbcOperations",
            "org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations",
            "org.springframework.jdbc.core.simple.JdbcClient");

    boolean changesSchema(TreePath call) {
        return trees.getElement(call) instanceof ExecutableElement method
                && (isOf(method, JOOQ) || isNamed(method.getReturnType(), Set.of(DDL_QUERY)));
    }

    boolean changesRows(TreePath call) {
        return trees.getElement(call) instanceof ExecutableElement method && isOf(method, JOOQ);
    }

    boolean takesSql(TreePath call) {
        return trees.getElement(call) instanceof ExecutableElement method && isOf(method, SQL_TAKERS);
    }

    /** Whether a text comes to its place by calls of the very methods that it was followed through. */
    boolean isProven(Value value) {
        return value.hops().stream().allMatch(hop -> {
            Element called = trees.getElement(hop.call());
            return called != null && called.equals(trees.getElement(hop.method()));
        });
    }

    private static boolean isOf(ExecutableElement method, Set<String> owners) {
        return method.getEnclosingElement() instanceof TypeElement owner && isNamed(owner, owners);
    }

    private static boolean isNamed(TypeMirror type, Set<String> names) {
        return type instanceof DeclaredType declared
                && declared.asElement() instanceof TypeElement element
                && isNamed(element, names);
    }

    private static boolean isNamed(TypeElement type, Set<String> names) {
        return Constants.withParents(type).stream()
                .anyMatch(parent -> names.contains(parent.getQualifiedName().toString()));
    }
}
