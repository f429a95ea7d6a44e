package org.asyncmigrations.processor.body;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Chained calls, such as {@code dsl.update(T).set(…).execute()}, which build a statement and send it. */
final class Chain {
    private static final Pattern CONDITION = Pattern.compile("(where|and|or(?!derBy)|limit).*");

    private Chain() {}

    /**
     * Whether the chain that begins with this call is sent without a condition. A chain that is kept or passed on isn't judged,
     * because a condition may be added later.
     */
    static boolean isUnbounded(TreePath begin, ClassIndex index) {
        List<TreePath> table = arguments(begin);
        if (table.size() != 1 || isJoin(table.get(0).getLeaf())) {
            return false;
        }
        TreePath last = begin;
        for (TreePath p = next(begin); p != null; p = next(p)) {
            String name = SqlMethods.called(p.getLeaf());
            if (CONDITION.matcher(name).matches() && !isOfAllRows(p, name, index)) {
                return false;
            } else if (name.startsWith("execute") || name.startsWith("fetch")) {
                return true;
            }
            last = p;
        }
        return isSent(last, index);
    }

    /** Whether this is {@code where(noCondition())}. */
    private static boolean isOfAllRows(TreePath call, String name, ClassIndex index) {
        return (name.equals("where") || name.equals("and"))
                && arguments(call).stream()
                        .allMatch(argument -> index.method(argument)
                                .filter(SqlMethods::isNoCondition)
                                .isPresent());
    }

    /**
     * Whether the chain's end is passed to a method that sends it, as in {@code batch(dsl.deleteFrom(T))}. As an argument after a
     * text, it is only a part of that text.
     */
    private static boolean isSent(TreePath end, ClassIndex index) {
        TreePath call = end.getParentPath();
        List<Tree> arguments = arguments(call).stream().map(TreePath::getLeaf).toList();
        return arguments.contains(end.getLeaf())
                && (arguments.get(0) == end.getLeaf()
                        || SqlMethods.LIST_TAKERS.contains(SqlMethods.called(call.getLeaf())))
                && index.method(call).filter(SqlMethods::takesSql).isPresent();
    }

    /** {@return the arguments of a method or constructor call; none for a method reference} */
    static List<TreePath> arguments(TreePath call) {
        List<? extends ExpressionTree> arguments = call.getLeaf() instanceof MethodInvocationTree invocation
                ? invocation.getArguments()
                : call.getLeaf() instanceof NewClassTree made ? made.getArguments() : List.of();
        return arguments.stream()
                .map((ExpressionTree argument) -> new TreePath(call, argument))
                .toList();
    }

    /** {@return the expression before the dot of a method call, if there is one} */
    static Optional<TreePath> receiver(TreePath call) {
        return call.getLeaf() instanceof MethodInvocationTree invocation
                        && invocation.getMethodSelect() instanceof MemberSelectTree select
                ? Optional.of(new TreePath(new TreePath(call, select), select.getExpression()))
                : Optional.empty();
    }

    /** {@return the first call of a chain} */
    static TreePath begin(TreePath end) {
        return receiver(end)
                .filter(call -> call.getLeaf() instanceof MethodInvocationTree)
                .map(Chain::begin)
                .orElse(end);
    }

    /** {@return the call that begins the statement at the end of a chain; empty if the chain begins with a variable} */
    static Optional<TreePath> statement(TreePath end, ClassIndex index) {
        return Stream.iterate(Optional.of(end), Optional::isPresent, path -> path.flatMap(Chain::receiver))
                .flatMap(Optional::stream)
                .filter(path ->
                        index.method(path).filter(SqlMethods::beginsStatement).isPresent())
                .findFirst();
    }

    /** {@return the first call of a method with this name in a chain} */
    static Optional<TreePath> next(TreePath begin, String name) {
        return Stream.iterate(begin, path -> path != null, Chain::next)
                .filter(path -> SqlMethods.called(path.getLeaf()).equals(name))
                .findFirst();
    }

    private static @Nullable TreePath next(TreePath call) {
        TreePath select = call.getParentPath();
        TreePath next = select == null ? null : select.getParentPath();
        boolean chained = next != null
                && select.getLeaf() instanceof MemberSelectTree
                && next.getLeaf() instanceof MethodInvocationTree outer
                && outer.getMethodSelect() == select.getLeaf();
        return chained ? next : null;
    }

    /** Whether the table is a join. The condition is then in the join. */
    private static boolean isJoin(Tree table) {
        Tree tree = table;
        while (tree instanceof MethodInvocationTree call) {
            String name = SqlMethods.called(call);
            if (name.equals("on") || name.endsWith("oin") || name.endsWith("oinLateral")) {
                return true;
            }
            tree = call.getMethodSelect() instanceof MemberSelectTree select
                    ? select.getExpression()
                    : call.getMethodSelect();
        }
        return false;
    }
}
