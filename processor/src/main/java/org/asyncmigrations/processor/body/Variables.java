package org.asyncmigrations.processor.body;

import com.sun.source.tree.AssignmentTree;
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
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;

/** The texts that the variables, parameters and fields of one class may have: all that is ever assigned to them. */
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

    private final ClassIndex index;
    private final Values values;

    Variables(ClassIndex index, Values values) {
        this.index = index;
        this.values = values;
    }

    /** What is seen at a use of a variable that is declared in this class. */
    List<Value> of(TreePath use, Element element, TreePath declared) {
        VariableTree variable = (VariableTree) declared.getLeaf();
        List<TreePath> assigned = index.assignments(element);
        List<Value> found = new ArrayList<>();
        if (variable.getInitializer() != null) {
            TreePath initializer = new TreePath(declared, variable.getInitializer());
            boolean grows = StringCalls.isBuilder(element.asType());
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

    /** What a variable without an initializer begins with. */
    private Stream<Value> origins(TreePath declared) {
        TreePath around = declared.getParentPath();
        if (around.getLeaf() instanceof MethodTree method) {
            return arguments(around, method.getParameters().indexOf(declared.getLeaf()));
        } else if (around.getLeaf() instanceof EnhancedForLoopTree loop) {
            return values.elements(new TreePath(around, loop.getExpression()));
        } else if (around.getLeaf() instanceof LambdaExpressionTree lambda
                && lambda.getParameters().size() == 1) {
            return streamed(around);
        }
        return Stream.empty();
    }

    /** What is handed over in this class, and what others may hand over. */
    private Stream<Value> arguments(TreePath path, int position) {
        if (!(index.element(path) instanceof ExecutableElement method)) {
            return Stream.empty();
        }
        Stream<Value> here = index.callsOf(method).stream()
                .flatMap(call -> call.isReference()
                        ? position == 0 ? streamed(call.path()) : Stream.empty()
                        : position < call.arguments() ? values.of(call.argument(position)).stream() : Stream.empty())
                .map(Value::handed);
        return method.getModifiers().contains(Modifier.PRIVATE)
                ? here
                : Stream.concat(here, Stream.of(Value.of(new Value.Parameter(method, position), path)));
    }

    /** What a lambda, or a method reference, is called with: {@code List.of("…").forEach(x -> …)}. */
    Stream<Value> streamed(TreePath function) {
        boolean each = function.getParentPath().getLeaf() instanceof MethodInvocationTree call
                && FOR_EACH.contains(SqlMethods.called(call.getMethodSelect()))
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
        return index.declaration(index.element(path)).stream().flatMap(this::elementsOfVariable);
    }

    private Stream<Value> elements(TreePath path, MethodInvocationTree call) {
        String name = SqlMethods.called(call.getMethodSelect());
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
        return argument instanceof NewArrayTree || !SqlMethods.called(argument).isEmpty();
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
