package org.asyncmigrations.processor.body;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;

/** The texts that the variables, parameters and fields of one class may have: every value that is assigned to them. */
final class Variables {
    private static final Set<String> LISTED = Set.of("of", "asList", "copyOf", "stream");
    private static final Set<String> SAME_ELEMENTS =
            SqlMethods.words("stream parallelStream sequential parallel sorted distinct filter peek toList limit skip");
    private static final Set<String> FOR_EACH = SqlMethods.words("forEach forEachOrdered map peek mapToInt mapToLong");

    private final ClassIndex index;
    private final Values values;
    /** For variables whose assignments are being evaluated: the texts before the next assignment. */
    private final Map<Element, List<Value>> soFar = new HashMap<>();

    Variables(ClassIndex index, Values values) {
        this.index = index;
        this.values = values;
    }

    /** {@return the texts of a variable before the assignment that is being evaluated} */
    Optional<List<Value>> soFar(Element variable) {
        return Optional.ofNullable(soFar.get(variable));
    }

    /** {@return the texts at a use of a variable that this class declares} */
    List<Value> of(TreePath use, Element element, TreePath declared) {
        VariableTree variable = (VariableTree) declared.getLeaf();
        List<TreePath> assigned = index.assignments(element);
        List<Value> latest = variable.getInitializer() == null
                ? origins(declared).toList()
                : values.of(new TreePath(declared, variable.getInitializer()), use);
        boolean isOneText = assigned.size() + (latest.isEmpty() ? 0 : 1) <= 1
                || assigned.stream().allMatch(assignment -> isGrowth(assignment, declared));
        List<Value> found = new ArrayList<>();
        for (TreePath assignment : assigned) {
            soFar.put(element, latest);
            if (assignment.getLeaf() instanceof AssignmentTree plain) {
                found.addAll(latest);
                latest = values.of(new TreePath(assignment, plain.getExpression()), use);
            } else {
                Tree added = ((CompoundAssignmentTree) assignment.getLeaf()).getExpression();
                latest = Values.joined(latest, values.of(new TreePath(assignment, added)));
            }
        }
        soFar.remove(element);
        found.addAll(latest);
        // Which of several texts it has in the end, or what is appended to it, is known only at run time.
        boolean isOpen = !isOneText || StringCalls.isBuilder(element.asType());
        return found.stream().map(value -> isOpen ? value.open() : value).toList();
    }

    /** Whether the assignment is {@code text += …} and runs whenever the declaration does. */
    private static boolean isGrowth(TreePath assignment, TreePath declared) {
        TreePath around = assignment.getParentPath().getParentPath();
        return assignment.getLeaf() instanceof CompoundAssignmentTree
                && around.getLeaf() instanceof BlockTree
                && around.getLeaf() == declared.getParentPath().getLeaf();
    }

    /** {@return the first texts of a variable without an initializer} */
    private Stream<Value> origins(TreePath declared) {
        TreePath around = declared.getParentPath();
        if (around.getLeaf() instanceof MethodTree method) {
            return handed(around, method.getParameters().indexOf(declared.getLeaf()));
        } else if (around.getLeaf() instanceof EnhancedForLoopTree loop) {
            return values.elements(new TreePath(around, loop.getExpression()));
        } else if (around.getLeaf() instanceof LambdaExpressionTree lambda
                && lambda.getParameters().size() == 1) {
            return streamed(around);
        }
        return Stream.empty();
    }

    /** {@return the arguments of this class's calls, and the parameter itself if other classes may call the method} */
    private Stream<Value> handed(TreePath path, int position) {
        if (!(index.element(path) instanceof ExecutableElement method)) {
            return Stream.empty();
        }
        Stream<Value> here = index.callsOf(method).stream()
                .flatMap(call -> call.isReference() && position == 0
                        ? streamed(call.path())
                        : values.ofEach(call.arguments().stream().skip(position).limit(1)))
                .map(Value::handed);
        return method.getModifiers().contains(Modifier.PRIVATE)
                ? here
                : Stream.concat(here, Stream.of(Value.of(new Value.Parameter(method, position), path)));
    }

    /** {@return the texts that a lambda or method reference is called with, as in {@code List.of("…").forEach(x -> …)}} */
    Stream<Value> streamed(TreePath function) {
        TreePath call = function.getParentPath();
        return FOR_EACH.contains(SqlMethods.called(call.getLeaf()))
                ? Chain.receiver(call).stream().flatMap(values::elements)
                : Stream.empty();
    }

    /** {@return the texts of a list, array or stream} Called only by {@link Values}, which prevents endless recursion. */
    Stream<Value> elements(TreePath path) {
        Tree tree = path.getLeaf();
        if (tree instanceof NewArrayTree array && array.getInitializers() != null) {
            return values.ofEach(array.getInitializers().stream().map(element -> new TreePath(path, element)));
        } else if (tree instanceof MethodInvocationTree) {
            return elements(path, SqlMethods.called(tree));
        }
        return index.declaration(index.element(path)).stream().flatMap(this::elementsOfVariable);
    }

    private Stream<Value> elements(TreePath call, String name) {
        List<TreePath> arguments = Chain.arguments(call);
        if (LISTED.contains(name) && !arguments.isEmpty()) {
            return arguments.size() == 1 && isList(arguments.get(0).getLeaf())
                    ? values.elements(arguments.get(0))
                    : values.ofEach(arguments.stream());
        }
        return SAME_ELEMENTS.contains(name) ? Chain.receiver(call).stream().flatMap(values::elements) : Stream.empty();
    }

    /** Whether a single argument is itself a list, rather than a text. */
    private static boolean isList(Tree argument) {
        return argument instanceof NewArrayTree || !SqlMethods.called(argument).isEmpty();
    }

    private Stream<Value> elementsOfVariable(TreePath declared) {
        return declared.getLeaf() instanceof VariableTree variable && variable.getInitializer() != null
                ? values.elements(new TreePath(declared, variable.getInitializer()))
                : Stream.empty();
    }
}
