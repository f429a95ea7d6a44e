package org.asyncmigrations.processor.body;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The texts that the variables, parameters and fields of one file may have: all that is ever assigned to them. */
final class Variables {
    private static final Set<String> LISTED = Set.of("of", "asList", "copyOf", "stream");
    private static final Set<String> SAME_ELEMENTS = Set.of(
            "stream",
            "parallelStream",
            "sequential",
            "parallel",
            "sorted",
            "distinct",
            "filter",
            "peek",
            "toList",
            "limit",
            "skip");
    private static final Set<String> FOR_EACH =
            Set.of("forEach", "forEachOrdered", "map", "peek", "mapToInt", "mapToLong");

    private final Unit unit;
    private final Values values;
    private final Scope scope;

    Variables(Unit unit, Values values) {
        this.unit = unit;
        this.values = values;
        this.scope = new Scope(unit);
    }

    /** Empty where there is no such variable in the file. */
    List<Value> of(TreePath use, String name) {
        return scope.declaration(use, name)
                .map(declared -> values.once(declared.getLeaf(), use, () -> of(use, name, declared)))
                .orElse(List.of());
    }

    private List<Value> of(TreePath use, String name, TreePath declared) {
        if (!(declared.getLeaf() instanceof VariableTree variable)) {
            return List.of();
        }
        List<TreePath> assigned = assignments(declared, name);
        List<Value> found = new ArrayList<>();
        if (variable.getInitializer() != null) {
            TreePath initializer = new TreePath(declared, variable.getInitializer());
            boolean grows = StringCalls.isBuilder(variable.getInitializer());
            values.of(initializer, use).forEach(value -> found.add(grows ? value.open() : value));
        } else {
            origins(declared).forEach(found::add);
        }
        int sources = assigned.size() + (found.isEmpty() ? 0 : 1);
        for (TreePath assignment : assigned) {
            if (assignment.getLeaf() instanceof AssignmentTree plain) {
                found.addAll(values.of(new TreePath(assignment, plain.getExpression()), use));
            }
        }
        // Which of several it is in the end, or what is added to it, is for the run time to know.
        return found.stream().map(value -> sources > 1 ? value.open() : value).toList();
    }

    private List<TreePath> assignments(TreePath declared, String name) {
        boolean field = declared.getParentPath().getLeaf() instanceof ClassTree;
        return unit.assignments(name).stream()
                .filter(assignment -> scope.find(assignment, name)
                        .map(found -> found.getLeaf() == declared.getLeaf()
                                || field && found.getParentPath().getLeaf() instanceof MethodTree)
                        .orElse(field))
                .toList();
    }

    /** What a variable without an initializer begins with. */
    private Stream<Value> origins(TreePath declared) {
        TreePath around = declared.getParentPath();
        if (around.getLeaf() instanceof MethodTree method) {
            return arguments(around, method, method.getParameters().indexOf(declared.getLeaf()));
        } else if (around.getLeaf() instanceof EnhancedForLoopTree loop) {
            return values.elements(new TreePath(around, loop.getExpression()));
        } else if (around.getLeaf() instanceof LambdaExpressionTree lambda
                && lambda.getParameters().size() == 1) {
            return streamed(around);
        }
        return Stream.empty();
    }

    private Stream<Value> arguments(TreePath path, MethodTree method, int index) {
        int count = method.getParameters().size();
        return unit.calls(Set.of(method.getName().toString()))
                .filter(call ->
                        ((MethodInvocationTree) call.getLeaf()).getArguments().size() == count)
                .flatMap(call -> {
                    ExpressionTree argument = ((MethodInvocationTree) call.getLeaf())
                            .getArguments()
                            .get(index);
                    return values.of(new TreePath(call, argument)).stream()
                            .map(value -> value.through(new Value.Hop(call, path)));
                });
    }

    /** What a lambda, or a method reference, is called with: {@code List.of("…").forEach(x -> …)}. */
    Stream<Value> streamed(TreePath function) {
        boolean each = function.getParentPath().getLeaf() instanceof MethodInvocationTree call
                && FOR_EACH.contains(Names.called(call.getMethodSelect()))
                && call.getMethodSelect() instanceof MemberSelectTree;
        if (!each) {
            return Stream.empty();
        }
        MethodInvocationTree call =
                (MethodInvocationTree) function.getParentPath().getLeaf();
        MemberSelectTree select = (MemberSelectTree) call.getMethodSelect();
        return values.elements(new TreePath(new TreePath(function.getParentPath(), select), select.getExpression()));
    }

    /** The texts in a list that is written down; called by {@link Values}, which keeps circles out. */
    Stream<Value> elements(TreePath path) {
        Tree tree = path.getLeaf();
        if (tree instanceof NewArrayTree array && array.getInitializers() != null) {
            return all(path, array.getInitializers());
        } else if (tree instanceof MethodInvocationTree call) {
            return elements(path, call);
        }
        String name = Names.called(tree);
        boolean variable = !name.isEmpty() && Names.isUnqualified((ExpressionTree) tree);
        return variable ? scope.declaration(path, name).stream().flatMap(this::elementsOfVariable) : Stream.empty();
    }

    private Stream<Value> elements(TreePath path, MethodInvocationTree call) {
        String name = Names.called(call.getMethodSelect());
        if (LISTED.contains(name) && !call.getArguments().isEmpty()) {
            return call.getArguments().size() == 1 && isList(call.getArguments().get(0))
                    ? values.elements(new TreePath(path, call.getArguments().get(0)))
                    : all(path, call.getArguments());
        }
        return SAME_ELEMENTS.contains(name) && call.getMethodSelect() instanceof MemberSelectTree select
                ? values.elements(new TreePath(new TreePath(path, select), select.getExpression()))
                : Stream.empty();
    }

    /** An only argument is a list by itself, unless it is a text. */
    private static boolean isList(ExpressionTree argument) {
        return argument instanceof NewArrayTree || !Names.called(argument).isEmpty();
    }

    private Stream<Value> elementsOfVariable(TreePath declared) {
        return declared.getLeaf() instanceof VariableTree variable && variable.getInitializer() != null
                ? values.elements(new TreePath(declared, variable.getInitializer()))
                : Stream.empty();
    }

    private Stream<Value> all(TreePath path, List<? extends ExpressionTree> expressions) {
        return expressions.stream().flatMap(expression -> values.of(new TreePath(path, expression)).stream());
    }
}
