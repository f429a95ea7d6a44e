package org.asyncmigrations.processor.body;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.util.TreePath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.lang.model.element.VariableElement;

/** Determines the texts that an expression may have, as far as they are constant. Runs no code. */
final class Values {
    /**
     * The maximum number of texts: more than anybody writes. Two branches in each of many parts would give too many combinations.
     */
    private static final int AT_MOST = 64;
    /** The maximum depth: a deeper expression is a program, not a constant. */
    private static final int DEEPEST = 100;
    /** The maximum number of steps for one argument: helper methods that call each other can be combined in too many ways. */
    private static final int MOST_STEPS = 20_000;

    private final ClassIndex index;
    private final Variables variables;
    private final StringCalls strings;
    /** Declarations and calls that are being evaluated. A value that depends on itself isn't constant. */
    private final Set<Tree> busy = Collections.newSetFromMap(new IdentityHashMap<>());

    private int steps;

    Values(ClassIndex index) {
        this.index = index;
        this.variables = new Variables(index, this);
        this.strings = new StringCalls(index, this);
    }

    /** {@return the values of an argument, at least one; parts that aren't constant are unknown} */
    List<Value> ofArgument(TreePath path) {
        steps = 0;
        return of(path);
    }

    /** {@return the values that a function is called with, such as the elements of a list that are passed to it} */
    Stream<Value> streamed(TreePath function) {
        steps = 0;
        return variables.streamed(function);
    }

    List<Value> of(TreePath path) {
        return once(path.getLeaf(), path, () -> evaluate(path, path.getLeaf()));
    }

    /** Evaluates an expression, as seen from a place, unless it is being evaluated already. */
    List<Value> once(Tree evaluated, TreePath seenAt, Supplier<List<Value>> evaluation) {
        boolean constant = steps++ < MOST_STEPS && busy.size() < DEEPEST && busy.add(evaluated);
        if (!constant) {
            return List.of(Value.unknown(seenAt));
        }
        try {
            List<Value> values = evaluation.get();
            return values.isEmpty() || values.size() > AT_MOST ? List.of(Value.unknown(seenAt)) : values;
        } finally {
            busy.remove(evaluated);
        }
    }

    /** {@return the same values, but placed where they are used: that is what the reader of a finding looks at} */
    List<Value> of(TreePath path, TreePath seenAt) {
        return of(path).stream().map(value -> value.at(seenAt)).toList();
    }

    /** {@return the texts that the elements of a list, a set, a stream or an array may have} */
    Stream<Value> elements(TreePath path) {
        return once(
                path.getLeaf(),
                path,
                () -> variables.elements(path).limit(AT_MOST).toList())
                .stream();
    }

    private List<Value> evaluate(TreePath path, Tree tree) {
        if (tree instanceof LiteralTree literal) {
            return literal.getValue() == null
                    ? List.of()
                    : List.of(Value.known(literal.getValue().toString(), path));
        } else if (tree instanceof BinaryTree binary) {
            return binary.getKind() == Tree.Kind.PLUS ? sum(path) : List.of();
        } else if (tree instanceof ConditionalExpressionTree choice) {
            return ofEach(Stream.of(choice.getTrueExpression(), choice.getFalseExpression())
                            .map(branch -> new TreePath(path, branch)))
                    .toList();
        } else if (tree instanceof ParenthesizedTree parenthesized) {
            return of(new TreePath(path, parenthesized.getExpression()));
        } else if (tree instanceof TypeCastTree cast) {
            return of(new TreePath(path, cast.getExpression()));
        } else if (tree instanceof AssignmentTree assignment) {
            return of(new TreePath(path, assignment.getExpression()));
        } else if (tree instanceof SwitchExpressionTree) {
            return ofEach(index.results(path).stream()).toList();
        } else if (tree instanceof MethodInvocationTree) {
            return strings.call(path);
        } else if (tree instanceof NewClassTree) {
            return strings.builder(path);
        }
        return tree instanceof ExpressionTree ? named(path) : List.of();
    }

    /** {@return the texts that several expressions may have} */
    Stream<Value> ofEach(Stream<TreePath> paths) {
        return paths.flatMap(path -> of(path).stream());
    }

    /**
     * {@return the values of a concatenation} Not recursive: generated code has concatenations of thousands of parts, and javac
     * compiles them.
     */
    private List<Value> sum(TreePath path) {
        Deque<TreePath> pieces = new ArrayDeque<>();
        TreePath left = path;
        while (left.getLeaf() instanceof BinaryTree binary && binary.getKind() == Tree.Kind.PLUS) {
            pieces.push(new TreePath(left, binary.getRightOperand()));
            left = new TreePath(left, binary.getLeftOperand());
        }
        List<Value> sums = of(left);
        for (TreePath piece : pieces) {
            sums = joined(sums, of(piece));
        }
        return sums;
    }

    static List<Value> joined(List<Value> lefts, List<Value> rights) {
        if (lefts.size() * rights.size() > AT_MOST) {
            return lefts.stream().map(Value::open).toList();
        }
        List<Value> sums = new ArrayList<>();
        for (Value left : lefts) {
            rights.forEach(right -> sums.add(left.plus(right)));
        }
        return sums;
    }

    private List<Value> named(TreePath path) {
        if (!(index.element(path) instanceof VariableElement variable)) {
            return List.of();
        }
        Object constant = variable.getConstantValue();
        if (constant != null) {
            return List.of(Value.known(constant.toString(), path));
        }
        return variables
                .soFar(variable)
                .or(() -> index.declaration(variable)
                        .map(declared -> once(declared.getLeaf(), path, () -> variables.of(path, variable, declared))))
                .orElse(List.of());
    }
}
