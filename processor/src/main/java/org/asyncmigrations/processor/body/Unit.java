package org.asyncmigrations.processor.body;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BindingPatternTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the classes of one file call, assign and declare, by name: one walk, after which nothing is looked for in the whole file
 * again.
 */
final class Unit {
    private final CompilationUnitTree tree;
    private final Map<String, List<TreePath>> calls = new LinkedHashMap<>();
    private final Map<String, List<TreePath>> references = new LinkedHashMap<>();
    private final Map<String, List<TreePath>> assignments = new HashMap<>();
    private final Map<String, List<TreePath>> methods = new HashMap<>();
    private final Map<String, List<TreePath>> patterns = new HashMap<>();

    private Unit(CompilationUnitTree tree) {
        this.tree = tree;
    }

    static Unit of(CompilationUnitTree tree) {
        Unit unit = new Unit(tree);
        unit.new Walk().scan(tree, null);
        return unit;
    }

    CompilationUnitTree tree() {
        return tree;
    }

    /** Calls of methods of these names, as {@link MethodInvocationTree}. */
    Stream<TreePath> calls(Iterable<String> names) {
        return all(calls, names);
    }

    /** {@code x::name}, as {@link MemberReferenceTree}. */
    Stream<TreePath> references(Iterable<String> names) {
        return all(references, names);
    }

    /** Assignments to variables of this name, of all kinds. */
    List<TreePath> assignments(String name) {
        return assignments.getOrDefault(name, List.of());
    }

    /** Methods of this name that are declared in the file. */
    List<TreePath> methods(String name) {
        return methods.getOrDefault(name, List.of());
    }

    /** Patterns with a variable of this name in a member of a class: where it holds depends on the flow, which is not followed. */
    List<TreePath> patterns(String name, Tree member) {
        return patterns.getOrDefault(name, List.of()).stream()
                .filter(pattern -> isAround(member, pattern))
                .toList();
    }

    /** Whether the call is, by the rules of names, of a method of a class around it: such a body is read itself. */
    boolean isOwn(TreePath call) {
        ExpressionTree select = ((MethodInvocationTree) call.getLeaf()).getMethodSelect();
        String name = Names.called(select);
        return Names.isUnqualified(select)
                && methods(name).stream()
                        .anyMatch(method -> isAround(method.getParentPath().getLeaf(), call));
    }

    /** The method of a class around the call that it is of; absent if others of this name are in the file. */
    Optional<TreePath> ownMethod(TreePath call) {
        List<TreePath> named = methods(Names.called(((MethodInvocationTree) call.getLeaf()).getMethodSelect()));
        return named.size() == 1 && isOwn(call) ? Optional.of(named.get(0)) : Optional.empty();
    }

    private static boolean isAround(Tree around, TreePath path) {
        for (TreePath p = path; p != null; p = p.getParentPath()) {
            if (p.getLeaf() == around) {
                return true;
            }
        }
        return false;
    }

    private static Stream<TreePath> all(Map<String, List<TreePath>> map, Iterable<String> names) {
        List<TreePath> found = new ArrayList<>();
        names.forEach(name -> found.addAll(map.getOrDefault(name, List.of())));
        return found.stream();
    }

    /** Fills the maps. */
    private final class Walk extends TreePathScanner<@Nullable Void, @Nullable Void> {
        @Override
        public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void nothing) {
            note(calls, Names.called(call.getMethodSelect()));
            return super.visitMethodInvocation(call, nothing);
        }

        @Override
        public @Nullable Void visitMemberReference(MemberReferenceTree reference, @Nullable Void nothing) {
            note(references, reference.getName().toString());
            return super.visitMemberReference(reference, nothing);
        }

        @Override
        public @Nullable Void visitAssignment(AssignmentTree assignment, @Nullable Void nothing) {
            note(assignments, Names.called(assignment.getVariable()));
            return super.visitAssignment(assignment, nothing);
        }

        @Override
        public @Nullable Void visitCompoundAssignment(CompoundAssignmentTree assignment, @Nullable Void nothing) {
            note(assignments, Names.called(assignment.getVariable()));
            return super.visitCompoundAssignment(assignment, nothing);
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
            note(methods, method.getName().toString());
            return super.visitMethod(method, nothing);
        }

        @Override
        public @Nullable Void visitBindingPattern(BindingPatternTree pattern, @Nullable Void nothing) {
            note(patterns, pattern.getVariable().getName().toString());
            return super.visitBindingPattern(pattern, nothing);
        }

        /** Annotations hold no statements. */
        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
            return scan(type.getMembers(), nothing);
        }

        private void note(Map<String, List<TreePath>> map, String name) {
            if (!name.isEmpty()) {
                map.computeIfAbsent(name, key -> new ArrayList<>(1)).add(getCurrentPath());
            }
        }
    }
}
