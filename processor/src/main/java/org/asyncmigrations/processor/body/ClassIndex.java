package org.asyncmigrations.processor.body;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
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
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/** What one top-level class declares, calls and assigns, as javac has resolved it: one walk, after which nothing is looked for again. */
final class ClassIndex {
    /**
     * A call of a method, or a reference to one.
     *
     * @param path the {@link MethodInvocationTree} or {@link MemberReferenceTree}
     * @param method the method
     */
    record Call(TreePath path, ExecutableElement method) {
        boolean isReference() {
            return path.getLeaf() instanceof MemberReferenceTree;
        }

        /** The path of an argument. */
        TreePath argument(int index) {
            return new TreePath(
                    path, ((MethodInvocationTree) path.getLeaf()).getArguments().get(index));
        }

        int arguments() {
            return path.getLeaf() instanceof MethodInvocationTree call
                    ? call.getArguments().size()
                    : 0;
        }
    }

    private final Trees trees;
    private final List<TreePath> classes = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();
    private final Map<Element, List<Call>> callsOf = new HashMap<>();
    private final Map<Element, List<TreePath>> assignments = new HashMap<>();
    private final Map<Element, TreePath> declarations = new HashMap<>();
    private final Map<Tree, List<TreePath>> returns = new HashMap<>();

    ClassIndex(Trees trees, TreePath type) {
        this.trees = trees;
        new Walk().scan(type, null);
    }

    /** The top-level class and those in it. */
    List<TreePath> classes() {
        return classes;
    }

    /** In the order of places. */
    List<Call> calls() {
        return calls;
    }

    List<Call> callsOf(Element method) {
        return callsOf.getOrDefault(method, List.of());
    }

    /** Assignments to a variable, of all kinds. */
    List<TreePath> assignments(Element variable) {
        return assignments.getOrDefault(variable, List.of());
    }

    /** What a method, which is declared in this class, returns. */
    List<TreePath> returned(TreePath method) {
        return returns.getOrDefault(method.getLeaf(), List.of());
    }

    /** Where a variable, method or class of this top-level class is declared. */
    Optional<TreePath> declaration(@Nullable Element element) {
        return Optional.ofNullable(declarations.get(element));
    }

    /** What is named, called or declared at a place. */
    @Nullable
    Element element(TreePath path) {
        return trees.getElement(path);
    }

    Optional<ExecutableElement> method(TreePath path) {
        return Optional.ofNullable(element(path))
                .filter(ExecutableElement.class::isInstance)
                .map(ExecutableElement.class::cast);
    }

    /** The methods around a place, innermost first. */
    List<Element> methodsAround(TreePath place) {
        return around(place)
                .filter(path -> path.getLeaf() instanceof MethodTree)
                .flatMap(path -> Optional.ofNullable(element(path)).stream())
                .toList();
    }

    /** The classes around a place, innermost first. */
    List<TypeElement> classesAround(TreePath place) {
        return around(place)
                .filter(path -> path.getLeaf() instanceof ClassTree)
                .map(this::element)
                .filter(TypeElement.class::isInstance)
                .map(TypeElement.class::cast)
                .toList();
    }

    boolean isSuppressed(TreePath place, String warning) {
        return around(place)
                .filter(path -> path.getLeaf() instanceof ClassTree
                        || path.getLeaf() instanceof MethodTree
                        || path.getLeaf() instanceof VariableTree)
                .flatMap(path -> Optional.ofNullable(element(path)).stream())
                .map(element -> element.getAnnotation(SuppressWarnings.class))
                .anyMatch(found -> found != null && List.of(found.value()).contains(warning));
    }

    private static Stream<TreePath> around(TreePath place) {
        return Stream.iterate(place, path -> path != null, TreePath::getParentPath);
    }

    /** Fills the maps. */
    private final class Walk extends TreePathScanner<@Nullable Void, @Nullable Void> {
        @Override
        public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void nothing) {
            noteCall();
            return super.visitMethodInvocation(call, nothing);
        }

        @Override
        public @Nullable Void visitMemberReference(MemberReferenceTree reference, @Nullable Void nothing) {
            noteCall();
            return super.visitMemberReference(reference, nothing);
        }

        @Override
        public @Nullable Void visitAssignment(AssignmentTree assignment, @Nullable Void nothing) {
            noteAssignment(assignment.getVariable());
            return super.visitAssignment(assignment, nothing);
        }

        @Override
        public @Nullable Void visitCompoundAssignment(CompoundAssignmentTree assignment, @Nullable Void nothing) {
            noteAssignment(assignment.getVariable());
            return super.visitCompoundAssignment(assignment, nothing);
        }

        @Override
        public @Nullable Void visitReturn(ReturnTree returned, @Nullable Void nothing) {
            around(getCurrentPath())
                    .map(TreePath::getLeaf)
                    .filter(tree -> tree instanceof MethodTree || tree instanceof LambdaExpressionTree)
                    .limit(returned.getExpression() == null ? 0 : 1)
                    .forEach(method -> returns.computeIfAbsent(method, key -> new ArrayList<>(1))
                            .add(new TreePath(getCurrentPath(), returned.getExpression())));
            return super.visitReturn(returned, nothing);
        }

        @Override
        public @Nullable Void visitVariable(VariableTree variable, @Nullable Void nothing) {
            declare();
            return super.visitVariable(variable, nothing);
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
            declare();
            return super.visitMethod(method, nothing);
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
            declare();
            classes.add(getCurrentPath());
            return super.visitClass(type, nothing);
        }

        /** They hold no statements. */
        @Override
        public @Nullable Void visitAnnotation(AnnotationTree annotation, @Nullable Void nothing) {
            return null;
        }

        private void noteCall() {
            method(getCurrentPath()).ifPresent(method -> {
                Call call = new Call(getCurrentPath(), method);
                calls.add(call);
                callsOf.computeIfAbsent(method, key -> new ArrayList<>(1)).add(call);
            });
        }

        private void noteAssignment(Tree variable) {
            Element element = element(new TreePath(getCurrentPath(), variable));
            if (element != null) {
                assignments.computeIfAbsent(element, key -> new ArrayList<>(1)).add(getCurrentPath());
            }
        }

        private void declare() {
            Element element = element(getCurrentPath());
            if (element != null) {
                declarations.put(element, getCurrentPath());
            }
        }
    }
}
