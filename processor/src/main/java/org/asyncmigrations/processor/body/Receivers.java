package org.asyncmigrations.processor.body;

import com.sun.source.tree.ArrayTypeTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/**
 * The classes that methods are called on, as far as declarations tell: {@code DSLContext dsl}, {@code run.dsl()}, {@code DSL}.
 * The compiler itself is never asked about a body: what it finds out there in the middle of the rounds it leaves in the trees,
 * and trips over it when it compiles them. Overloads may leave several classes; none is left where nothing is known.
 *
 * @param constants finds types by their names
 * @param scope finds variables by theirs
 */
record Receivers(Constants constants, Scope scope) {
    /** Those that have such a method: one of them is called, whichever overload is meant before. */
    Set<TypeElement> of(TreePath call) {
        if (call.getLeaf() instanceof MemberReferenceTree reference) {
            return with(call, typesOf(new TreePath(call, reference.getQualifierExpression())));
        }
        ExpressionTree select = ((MethodInvocationTree) call.getLeaf()).getMethodSelect();
        if (Names.isUnqualified(select)) {
            return constants.owner(Names.called(select), call).map(Set::of).orElse(Set.of());
        }
        return select instanceof MemberSelectTree member
                ? with(call, typesOf(new TreePath(new TreePath(call, select), member.getExpression())))
                : Set.of();
    }

    private static Set<TypeElement> with(TreePath call, Set<TypeElement> types) {
        return types.stream()
                .filter(type -> called(type, call).findAny().isPresent())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private Set<TypeElement> typesOf(TreePath path) {
        Tree tree = path.getLeaf();
        if (tree instanceof ParenthesizedTree parenthesized) {
            return typesOf(new TreePath(path, parenthesized.getExpression()));
        } else if (tree instanceof TypeCastTree cast) {
            return named(cast.getType(), path);
        } else if (tree instanceof NewClassTree made && made.getClassBody() == null) {
            return made.getEnclosingExpression() == null ? named(made.getIdentifier(), path) : Set.of();
        } else if (tree instanceof MethodInvocationTree) {
            return DeclaredTypes.elements(
                    of(path).stream().flatMap(type -> called(type, path)).map(ExecutableElement::getReturnType));
        } else if (tree instanceof MemberSelectTree select && !Names.isUnqualified(select)) {
            Set<TypeElement> found = field(new TreePath(path, select.getExpression()), Names.called(tree));
            return found.isEmpty() ? named(tree, path) : found;
        }
        return tree instanceof IdentifierTree || tree instanceof MemberSelectTree ? variable(path) : Set.of();
    }

    private Set<TypeElement> field(TreePath owner, String name) {
        Set<TypeElement> owners = typesOf(owner);
        return owners.size() == 1
                ? DeclaredTypes.elements(
                        Constants.field(owners.iterator().next(), name).limit(1).map(VariableElement::asType))
                : Set.of();
    }

    private Set<TypeElement> variable(TreePath path) {
        String name = Names.called(path.getLeaf());
        Optional<TreePath> declared = scope.declaration(path, name);
        if (declared.isPresent()) {
            return declared.get().getLeaf() instanceof VariableTree variable
                    ? declared(declared.get(), variable)
                    : Set.of();
        }
        Optional<TypeMirror> inherited = constants.inherited(name, path).map(VariableElement::asType);
        return inherited.isPresent() ? DeclaredTypes.elements(inherited.stream()) : named(path.getLeaf(), path);
    }

    private Set<TypeElement> declared(TreePath path, VariableTree variable) {
        TreePath around = path.getParentPath();
        if (variable.getType() != null) {
            return named(variable.getType(), path);
        } else if (variable.getInitializer() != null) {
            return typesOf(new TreePath(path, variable.getInitializer()));
        } else if (around.getLeaf() instanceof EnhancedForLoopTree loop) {
            return elementsOf(new TreePath(around, loop.getExpression()));
        }
        return around.getLeaf() instanceof LambdaExpressionTree lambda
                ? new Lambdas(this).parameter(around, lambda.getParameters().indexOf(variable))
                : Set.of();
    }

    /** Of a list or an array that is a variable of the file. */
    private Set<TypeElement> elementsOf(TreePath list) {
        boolean simple = Names.isUnqualified((ExpressionTree) list.getLeaf());
        Optional<TreePath> declared = simple ? scope.declaration(list, Names.called(list.getLeaf())) : Optional.empty();
        Tree type = declared.isPresent() && declared.get().getLeaf() instanceof VariableTree variable
                ? variable.getType()
                : null;
        if (type instanceof ArrayTypeTree array) {
            return named(array.getType(), declared.get());
        }
        boolean iterable = type instanceof ParameterizedTypeTree parameterized
                && parameterized.getTypeArguments().size() == 1
                && named(type, declared.get()).stream()
                        .flatMap(raw -> Constants.withParents(raw).stream())
                        .anyMatch(parent -> parent.getQualifiedName().contentEquals("java.lang.Iterable"));
        return iterable
                ? named(((ParameterizedTypeTree) type).getTypeArguments().get(0), declared.get())
                : Set.of();
    }

    /** The class of a type that is written in the file. */
    Set<TypeElement> named(Tree type, TreePath use) {
        Tree raw = type instanceof ParameterizedTypeTree parameterized ? parameterized.getType() : type;
        return raw instanceof IdentifierTree || raw instanceof MemberSelectTree
                ? constants.type(raw.toString(), use).map(Set::of).orElse(Set.of())
                : Set.of();
    }

    /** The methods of a type that a call, or a reference, may be of. */
    static Stream<ExecutableElement> called(TypeElement type, TreePath call) {
        if (call.getLeaf() instanceof MemberReferenceTree reference) {
            return methods(type, reference.getName().toString());
        }
        MethodInvocationTree invocation = (MethodInvocationTree) call.getLeaf();
        int count = invocation.getArguments().size();
        return methods(type, Names.called(invocation.getMethodSelect()))
                .filter(method -> method.getParameters().size() == count
                        || method.isVarArgs() && method.getParameters().size() <= count + 1);
    }

    private static Stream<ExecutableElement> methods(TypeElement type, String name) {
        return Constants.withParents(type).stream()
                .flatMap(parent -> ElementFilter.methodsIn(parent.getEnclosedElements()).stream())
                .filter(method -> method.getSimpleName().contentEquals(name));
    }
}
