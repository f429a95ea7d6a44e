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

/**
 * The texts that an expression may have, as far as they are constant: without running anything.
 */
final class Values {
    /** More than anybody writes; what two branches in each of many pieces would make has no end. */
    private static final int AT_MOST = 64;
    /** Beyond, it is a program and no constant. */
    private static final int DEEPEST = 100;
    /** For one argument: helper methods that call each other have more ways than anybody can go. */
    private static final int MOST_STEPS = 20_000;

    private final ClassIndex index;
    private final Variables variables;
    private final StringCalls strings;
    /** Declarations and calls that are being evaluated: what comes back to them is not constant. */
    private final Set<Tree> busy = Collections.newSetFromMap(new IdentityHashMap<>());

    private int steps;

    Values(ClassIndex index) {
        this.index = index;
        this.variables = new Variables(index, this);
        this.strings = new StringCalls(index, this);
    }

    /** What an argument may be: at least one text; what is not constant is unknown. */
    List<Value> ofArgument(TreePath path) {
        steps = 0;
        return of(path);
    }

    /** The same of a list of arguments, or of whatever else gives its elements to something. */
    Stream<Value> streamed(TreePath function) {
        steps = 0;
        return variables.streamed(function);
    }

    List<Value> of(TreePath path) {
        return once(path.getLeaf(), path, () -> evaluate(path, path.getLeaf()));
    }

    /** Evaluates something unless that is under way already, seen from a place. */
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

    /** The same, seen from the outside: where it is written within is not what the reader of the finding looks at. */
    List<Value> of(TreePath path, TreePath seenAt) {
        return of(path).stream().map(value -> value.at(seenAt)).toList();
    }

    /** The texts that the elements of a list, a set, a stream or an array may have. */
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

    /** The texts that several expressions may have. */
    Stream<Value> ofEach(Stream<TreePath> paths) {
        return paths.flatMap(path -> of(path).stream());
    }

    /** Without recursion along the left side: sums of thousands of pieces are written by machines, and javac reads them. */
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
