package org.asyncmigrations.processor.body;

import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.ElementFilter;

/**
 * The classes of the untyped parameters of lambdas, by the functional interface that they are handed over as:
 * {@code dsl.transaction(tx -> …)} takes a {@code TransactionalRunnable}, which runs with a {@code Configuration}.
 *
 * @param receivers knows whose method a lambda is handed to
 */
record Lambdas(Receivers receivers) {
    private static final Set<String> OF_ALL_OBJECTS = Set.of("equals", "hashCode", "toString");

    /** Of the parameter at an index; none where overloads with several of them may be meant. */
    Set<TypeElement> parameter(TreePath lambda, int index) {
        TreePath handed = lambda;
        while (handed.getParentPath().getLeaf() instanceof ParenthesizedTree) {
            handed = handed.getParentPath();
        }
        TreePath target = handed.getParentPath();
        int count = ((LambdaExpressionTree) lambda.getLeaf()).getParameters().size();
        if (target.getLeaf() instanceof TypeCastTree cast) {
            return written(cast.getType(), target, count, index);
        } else if (target.getLeaf() instanceof VariableTree variable && variable.getType() != null) {
            return written(variable.getType(), target, count, index);
        }
        return target.getLeaf() instanceof MethodInvocationTree call
                ? handed(target, call.getArguments().indexOf(handed.getLeaf()), count, index)
                : Set.of();
    }

    private Set<TypeElement> handed(TreePath call, int argument, int count, int index) {
        Stream<TypeMirror> types = receivers.of(call).stream()
                .flatMap(type -> Receivers.called(type, call))
                .filter(method ->
                        argument >= 0 && argument < method.getParameters().size())
                .map(method -> method.getParameters().get(argument).asType())
                .flatMap(type -> function(type, count).stream().map(method -> parameter(method, index, type)));
        Set<TypeElement> found = DeclaredTypes.elements(types);
        return found.size() == 1 ? found : Set.of();
    }

    private static TypeMirror parameter(ExecutableElement method, int index, TypeMirror type) {
        TypeMirror parameter = method.getParameters().get(index).asType();
        int variable = variable(method, parameter);
        List<? extends TypeMirror> arguments = ((DeclaredType) type).getTypeArguments();
        boolean own = method.getEnclosingElement().equals(((DeclaredType) type).asElement());
        return own && variable >= 0 && variable < arguments.size() ? bound(arguments.get(variable)) : parameter;
    }

    private static TypeMirror bound(TypeMirror argument) {
        return argument instanceof WildcardType wildcard
                ? Stream.of(
                                Optional.ofNullable(wildcard.getSuperBound()),
                                Optional.ofNullable(wildcard.getExtendsBound()))
                        .flatMap(Optional::stream)
                        .findFirst()
                        .orElse(argument)
                : argument;
    }

    /** Which of the interface's own type variables it is, -1 where it is none. */
    private static int variable(ExecutableElement method, TypeMirror type) {
        List<String> names = ((TypeElement) method.getEnclosingElement())
                .getTypeParameters().stream()
                        .map(parameter -> parameter.getSimpleName().toString())
                        .toList();
        return type.getKind() == TypeKind.TYPEVAR ? names.indexOf(type.toString()) : -1;
    }

    private Set<TypeElement> written(Tree type, TreePath use, int count, int index) {
        Set<TypeElement> interfaces = receivers.named(type, use);
        Optional<ExecutableElement> function = interfaces.stream()
                .flatMap(found -> function(found, count).stream())
                .findFirst();
        if (function.isEmpty()) {
            return Set.of();
        }
        TypeMirror parameter = function.get().getParameters().get(index).asType();
        int variable = variable(function.get(), parameter);
        boolean own = interfaces.contains((TypeElement) function.get().getEnclosingElement());
        return variable < 0
                ? DeclaredTypes.elements(Stream.of(parameter))
                : own
                                && type instanceof ParameterizedTypeTree parameterized
                                && variable < parameterized.getTypeArguments().size()
                        ? receivers.named(parameterized.getTypeArguments().get(variable), use)
                        : Set.of();
    }

    private static Optional<ExecutableElement> function(TypeMirror type, int count) {
        return type.getKind() == TypeKind.DECLARED
                        && type instanceof DeclaredType declared
                        && declared.asElement() instanceof TypeElement element
                ? function(element, count)
                : Optional.empty();
    }

    /** The only abstract method, where it takes so many parameters. */
    private static Optional<ExecutableElement> function(TypeElement type, int count) {
        List<ExecutableElement> open = Constants.withParents(type).stream()
                .flatMap(parent -> ElementFilter.methodsIn(parent.getEnclosedElements()).stream())
                .filter(method -> method.getModifiers().contains(Modifier.ABSTRACT))
                .filter(method ->
                        !OF_ALL_OBJECTS.contains(method.getSimpleName().toString()))
                .toList();
        boolean one = type.getKind().isInterface()
                && open.stream()
                                .map(Element::getSimpleName)
                                .collect(Collectors.toSet())
                                .size()
                        == 1;
        return one
                ? Optional.of(open.get(0))
                        .filter(method -> method.getParameters().size() == count)
                : Optional.empty();
    }
}
