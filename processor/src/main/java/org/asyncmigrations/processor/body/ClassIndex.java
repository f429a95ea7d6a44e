package org.asyncmigrations.processor.body;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.YieldTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/** The declarations, calls and assignments of one top-level class, as javac has resolved them. Collected in one walk. */
final class ClassIndex {
    /** A call of a method or constructor, or a reference to one. */
    record Call(TreePath path, ExecutableElement method) {
        boolean isReference() {
            return path.getLeaf() instanceof MemberReferenceTree;
        }

        List<TreePath> arguments() {
            return Chain.arguments(path);
        }
    }

    private final Trees trees;
    /** The top-level class and those in it. */
    final List<TreePath> classes = new ArrayList<>();
    /** In the order of their positions. */
    final List<Call> calls = new ArrayList<>();

    private final Map<Element, List<Call>> callsOf = new HashMap<>();
    private final Map<Element, List<TreePath>> assignments = new HashMap<>();
    private final Map<Element, TreePath> declarations = new HashMap<>();
    private final Map<Tree, List<TreePath>> results = new HashMap<>();

    ClassIndex(Trees trees, TreePath type) {
        this.trees = trees;
        note(type);
        new TreePathScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void scan(@Nullable Tree tree, @Nullable Void nothing) {
                // annotations contain no statements
                if (tree == null || tree instanceof AnnotationTree) {
                    return null;
                }
                note(new TreePath(getCurrentPath(), tree));
                return super.scan(tree, nothing);
            }
        }.scan(type, null);
    }

    private void note(TreePath path) {
        Tree tree = path.getLeaf();
        if (tree instanceof MethodInvocationTree
                || tree instanceof NewClassTree
                || tree instanceof MemberReferenceTree) {
            method(path).ifPresent(method -> {
                Call call = new Call(path, method);
                calls.add(call);
                add(callsOf, method, call);
            });
        } else if (tree instanceof AssignmentTree assignment) {
            noteAssignment(path, assignment.getVariable());
        } else if (tree instanceof CompoundAssignmentTree assignment) {
            noteAssignment(path, assignment.getVariable());
        } else if (tree instanceof ReturnTree returned) {
            noteResult(path, returned.getExpression(), MethodTree.class, LambdaExpressionTree.class);
        } else if (tree instanceof YieldTree yielded) {
            noteResult(path, yielded.getValue(), SwitchExpressionTree.class);
        } else if (tree instanceof CaseTree label && label.getBody() instanceof ExpressionTree body) {
            noteResult(path, body, SwitchExpressionTree.class);
        } else if (tree instanceof VariableTree || tree instanceof MethodTree || tree instanceof ClassTree) {
            Optional.ofNullable(element(path)).ifPresent(element -> declarations.put(element, path));
            if (tree instanceof ClassTree) {
                classes.add(path);
            }
        }
    }

    private void noteAssignment(TreePath path, Tree variable) {
        Element element = element(new TreePath(path, variable));
        if (element != null) {
            add(assignments, element, path);
        }
    }

    private void noteResult(TreePath path, @Nullable ExpressionTree result, Class<?>... givers) {
        around(path)
                .map(TreePath::getLeaf)
                .filter(tree -> Stream.of(givers).anyMatch(giver -> giver.isInstance(tree)))
                .limit(result == null ? 0 : 1)
                .forEach(giver -> add(results, giver, new TreePath(path, result)));
    }

    private static <K, V> void add(Map<K, List<V>> lists, K key, V value) {
        lists.computeIfAbsent(key, k -> new ArrayList<>(1)).add(value);
    }

    List<Call> callsOf(Element method) {
        return callsOf.getOrDefault(method, List.of());
    }

    /** {@return all assignments to a variable} */
    List<TreePath> assignments(Element variable) {
        return assignments.getOrDefault(variable, List.of());
    }

    /** {@return the expressions that a method of this class returns, or a switch yields} */
    List<TreePath> results(TreePath giver) {
        return results.getOrDefault(giver.getLeaf(), List.of());
    }

    /** {@return the declaration of a variable, method or class of this top-level class} */
    Optional<TreePath> declaration(@Nullable Element element) {
        return Optional.ofNullable(declarations.get(element));
    }

    /** {@return the element that is named, called or declared here} */
    @Nullable
    Element element(TreePath path) {
        return trees.getElement(path);
    }

    Optional<ExecutableElement> method(TreePath path) {
        return Optional.ofNullable(element(path))
                .filter(ExecutableElement.class::isInstance)
                .map(ExecutableElement.class::cast);
    }

    /** Whether a call's value is ignored: the call is a statement, or the whole body of a function without a result. */
    boolean isDropped(TreePath call) {
        Tree around = call.getParentPath().getLeaf();
        return around instanceof ExpressionStatementTree
                || call.getLeaf() instanceof MemberReferenceTree && returnsNothing(call)
                || around instanceof LambdaExpressionTree && returnsNothing(call.getParentPath());
    }

    private boolean returnsNothing(TreePath function) {
        return SqlMethods.element(trees.getTypeMirror(function))
                .flatMap(type -> SqlMethods.withParents(type).stream())
                .flatMap(parent -> ElementFilter.methodsIn(parent.getEnclosedElements()).stream())
                .filter(method -> method.getModifiers().contains(Modifier.ABSTRACT))
                .limit(1)
                .anyMatch(method -> method.getReturnType().getKind() == TypeKind.VOID);
    }

    /** {@return the methods around a place, innermost first} */
    List<Element> methodsAround(TreePath place) {
        return elementsAround(place, MethodTree.class).toList();
    }

    /** {@return the classes around a place, innermost first} */
    List<TypeElement> classesAround(TreePath place) {
        return elementsAround(place, ClassTree.class)
                .filter(TypeElement.class::isInstance)
                .map(TypeElement.class::cast)
                .toList();
    }

    boolean isSuppressed(TreePath place, String warning) {
        return elementsAround(place, ClassTree.class, MethodTree.class, VariableTree.class)
                .map(element -> element.getAnnotation(SuppressWarnings.class))
                .anyMatch(found -> found != null && List.of(found.value()).contains(warning));
    }

    private Stream<Element> elementsAround(TreePath place, Class<?>... kinds) {
        return around(place)
                .filter(path -> Stream.of(kinds).anyMatch(kind -> kind.isInstance(path.getLeaf())))
                .flatMap(path -> Optional.ofNullable(element(path)).stream());
    }

    private static Stream<TreePath> around(TreePath place) {
        return Stream.iterate(place, path -> path != null, TreePath::getParentPath);
    }
}
