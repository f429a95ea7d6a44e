package org.asyncmigrations.processor.body;

import com.palantir.javapoet.ClassName;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.TreePath;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import org.asyncmigrations.processor.model.RuntimeNames;

/**
 * Tells what is called, by declarations alone. Where they do not tell, nothing is found: what changes the schema then is refused
 * at run time. Having the compiler attribute a body would tell more, but javac (17 to 25) does not survive it: it attributes the
 * same trees again after the rounds, and refuses compact constructors, lambda parameters and {@code var} that it knows already.
 *
 * @param receivers what declarations tell
 * @param unit the file
 */
record Callee(Receivers receivers, Unit unit) {
    private static final Set<String> JOOQ = Set.of("org.jooq.DSLContext", "org.jooq.impl.DSL", "org.jooq.WithStep");
    private static final String DDL_QUERY = "org.jooq.DDLQuery";
    private static final Set<String> SQL_TAKERS = Set.of(
            "org.jooq.DSLContext",
            "org.jooq.impl.DSL",
            "java.sql.Connection",
            "java.sql.Statement",
            RuntimeNames.ROW_BATCH.canonicalName(),
            RuntimeNames.MIGRATION_RUN.canonicalName(),
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

    /** Whether a method of that name and class is called. */
    boolean is(TreePath call, ClassName owner, String method) {
        return call.getLeaf() instanceof MethodInvocationTree invocation
                && Names.called(invocation.getMethodSelect()).equals(method)
                && isOf(call, Set.of(owner.canonicalName()), Set.of());
    }

    /** Whether a text comes to its place by calls of the very methods that it was followed through. */
    boolean isProven(Value value) {
        return value.hops().stream().allMatch(hop -> isOnlyOne(hop) || isCalled(hop));
    }

    private boolean isOnlyOne(Value.Hop hop) {
        return unit.ownMethod(hop.call())
                .filter(method -> method.getLeaf() == hop.method().getLeaf())
                .isPresent();
    }

    /** Of overloads that differ in types alone, it is not known which one is meant. */
    private boolean isCalled(Value.Hop hop) {
        Set<TypeElement> owners = receivers.of(hop.call());
        Optional<TypeElement> declaring = receivers.constants().declaring(hop.method());
        return owners.size() == 1
                && declaring.equals(Optional.of(owners.iterator().next()))
                && Receivers.called(declaring.get(), hop.call()).count() == 1;
    }

    private boolean isOf(TreePath call, Set<String> owners, Set<String> results) {
        Set<TypeElement> types = receivers.of(call);
        return !types.isEmpty()
                && types.stream().allMatch(type -> isNamed(type, owners) || returns(type, call, results));
    }

    private static boolean returns(TypeElement type, TreePath call, Set<String> results) {
        return !results.isEmpty()
                && Receivers.called(type, call).allMatch(method -> isNamed(method.getReturnType(), results));
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
