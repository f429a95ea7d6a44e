package org.asyncmigrations.processor.body;

import com.sun.source.tree.MethodTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;

/**
 * Tells what is called. Where declarations do not, javac is asked: the first look-up in a class makes it look through all its
 * bodies, which it does again when the rounds are over. So it is asked only of calls that are findings unless another method is
 * meant.
 *
 * @param trees javac's trees
 * @param receivers what declarations tell
 * @param unit the file
 */
record Callee(Trees trees, Receivers receivers, Unit unit) {
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
        return isOf(call, JOOQ, Set.of(DDL_QUERY));
    }

    boolean changesRows(TreePath call) {
        return isOf(call, JOOQ, Set.of());
    }

    boolean takesSql(TreePath call) {
        return isOf(call, SQL_TAKERS, Set.of());
    }

    /** Whether a text comes to its place by calls of the very methods that it was followed through. */
    boolean isProven(Value value) {
        return value.hops().stream().allMatch(hop -> isOnlyOne(hop) || isCalled(hop));
    }

    private boolean isOnlyOne(Value.Hop hop) {
        String name = ((MethodTree) hop.method().getLeaf()).getName().toString();
        return unit.methods(name).size() == 1 && unit.isOwn(hop.call());
    }

    private boolean isCalled(Value.Hop hop) {
        Element called = trees.getElement(hop.call());
        return called != null && called.equals(trees.getElement(hop.method()));
    }

    private boolean isOf(TreePath call, Set<String> owners, Set<String> results) {
        Optional<TypeElement> receiver = receivers.of(call);
        if (receiver.isPresent() && isNamed(receiver.get(), owners)) {
            return true;
        } else if (receiver.isPresent() && !returns(receiver.get(), call, results)) {
            return false;
        }
        return trees.getElement(call) instanceof ExecutableElement method
                && (method.getEnclosingElement() instanceof TypeElement owner && isNamed(owner, owners)
                        || isNamed(method.getReturnType(), results));
    }

    private static boolean returns(TypeElement receiver, TreePath call, Set<String> results) {
        return Receivers.methods(receiver, Receivers.called(call))
                .anyMatch(method -> isNamed(method.getReturnType(), results));
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
