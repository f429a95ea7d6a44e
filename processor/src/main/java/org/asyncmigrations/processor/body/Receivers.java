package org.asyncmigrations.processor.body;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/**
 * The classes that methods are called on, as far as declarations tell: {@code DSLContext dsl}, {@code run.dsl()}, {@code DSL}.
 * Looking them up so is cheap, and it does not have javac look through the class in the middle of the rounds, which would say
 * each of the class's own warnings twice.
 *
 * @param constants finds types by their names
 */
record Receivers(Constants constants) {
    /** Absent where only the compiler can tell. */
    Optional<TypeElement> of(TreePath call) {
        if (call.getLeaf() instanceof MemberReferenceTree reference) {
            return typeOf(new TreePath(call, reference.getQualifierExpression()));
        }
        ExpressionTree select = ((MethodInvocationTree) call.getLeaf()).getMethodSelect();
        return select instanceof MemberSelectTree member
                ? typeOf(new TreePath(new TreePath(call, select), member.getExpression()))
                : constants.imported(Names.called(select), call);
    }

    private Optional<TypeElement> typeOf(TreePath path) {
        Tree tree = path.getLeaf();
        if (tree instanceof ParenthesizedTree parenthesized) {
            return typeOf(new TreePath(path, parenthesized.getExpression()));
        } else if (tree instanceof TypeCastTree cast) {
            return named(cast.getType(), path);
        } else if (tree instanceof NewClassTree made && made.getClassBody() == null) {
            return named(made.getIdentifier(), path);
        } else if (tree instanceof MethodInvocationTree call && call.getMethodSelect() instanceof MemberSelectTree) {
            return of(path).flatMap(type -> returned(type, Names.called(call.getMethodSelect())));
        } else if (tree instanceof MemberSelectTree select && !Names.isUnqualified(select)) {
            return named(tree, path);
        }
        return tree instanceof IdentifierTree || tree instanceof MemberSelectTree ? variable(path) : Optional.empty();
    }

    private Optional<TypeElement> variable(TreePath path) {
        String name = Names.called(path.getLeaf());
        Optional<TreePath> declared = Scope.find(path, name);
        if (declared.isPresent()) {
            VariableTree variable = (VariableTree) declared.get().getLeaf();
            return variable.getType() != null
                    ? named(variable.getType(), declared.get())
                    : variable.getInitializer() == null
                            ? Optional.empty()
                            : typeOf(new TreePath(declared.get(), variable.getInitializer()));
        }
        return constants
                .inherited(name, path)
                .map(VariableElement::asType)
                .flatMap(Receivers::element)
                .or(() -> named(path.getLeaf(), path));
    }

    private Optional<TypeElement> named(Tree type, TreePath use) {
        Tree raw = type instanceof ParameterizedTypeTree parameterized ? parameterized.getType() : type;
        return raw instanceof IdentifierTree || raw instanceof MemberSelectTree
                ? constants.type(raw.toString(), use)
                : Optional.empty();
    }

    /** Overloads mostly return the same; where they do not, only the compiler knows which is meant. */
    private static Optional<TypeElement> returned(TypeElement type, String method) {
        Set<Optional<TypeElement>> types = methods(type, method)
                .map(candidate -> element(candidate.getReturnType()))
                .collect(Collectors.toSet());
        return types.size() == 1 ? types.iterator().next() : Optional.empty();
    }

    /** The methods of a name that a type has, inherited ones too. */
    static Stream<ExecutableElement> methods(TypeElement type, String name) {
        return Constants.withParents(type).stream()
                .flatMap(parent -> ElementFilter.methodsIn(parent.getEnclosedElements()).stream())
                .filter(method -> method.getSimpleName().contentEquals(name));
    }

    /** The name of the method that is called, or referred to. */
    static String called(TreePath call) {
        return call.getLeaf() instanceof MemberReferenceTree reference
                ? reference.getName().toString()
                : Names.called(((MethodInvocationTree) call.getLeaf()).getMethodSelect());
    }

    private static Optional<TypeElement> element(TypeMirror type) {
        Element element = type instanceof DeclaredType declared ? declared.asElement() : null;
        return Stream.ofNullable(element)
                .filter(TypeElement.class::isInstance)
                .map(TypeElement.class::cast)
                .findFirst();
    }
}
