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

/** Calls, and what hangs on them: a statement is built and sent as {@code dsl.update(T).set(…).execute()}. */
final class Chain {
    private static final Pattern CONDITION = Pattern.compile("(where|and|or(?!derBy)|limit).*");

    private Chain() {}

    /**
     * Whether a chain that begins with the call is sent without a condition. One that is kept, or handed on, is not judged: a
     * condition may come later.
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

    /** {@code where(noCondition())}. */
    private static boolean isOfAllRows(TreePath call, String name, ClassIndex index) {
        return (name.equals("where") || name.equals("and"))
                && arguments(call).stream()
                        .allMatch(argument -> index.method(argument)
                                .filter(SqlMethods::isNoCondition)
                                .isPresent());
    }

    /** {@code batch(dsl.deleteFrom(T))}; behind a text it is a part of it. */
    private static boolean isSent(TreePath end, ClassIndex index) {
        TreePath call = end.getParentPath();
        List<Tree> arguments = arguments(call).stream().map(TreePath::getLeaf).toList();
        return arguments.contains(end.getLeaf())
                && (arguments.get(0) == end.getLeaf()
                        || SqlMethods.LIST_TAKERS.contains(SqlMethods.called(call.getLeaf())))
                && index.method(call).filter(SqlMethods::takesSql).isPresent();
    }

    /** What a method or constructor is called with; nothing of a reference. */
    static List<TreePath> arguments(TreePath call) {
        List<? extends ExpressionTree> arguments = call.getLeaf() instanceof MethodInvocationTree invocation
                ? invocation.getArguments()
                : call.getLeaf() instanceof NewClassTree made ? made.getArguments() : List.of();
        return arguments.stream()
                .map((ExpressionTree argument) -> new TreePath(call, argument))
                .toList();
    }

    /** What a method is called on, if that is written. */
    static Optional<TreePath> receiver(TreePath call) {
        return call.getLeaf() instanceof MethodInvocationTree invocation
                        && invocation.getMethodSelect() instanceof MemberSelectTree select
                ? Optional.of(new TreePath(new TreePath(call, select), select.getExpression()))
                : Optional.empty();
    }

    /** The call that a chain begins with, of a chain that begins with one on a name. */
    static TreePath begin(TreePath end) {
        return receiver(end)
                .filter(call -> call.getLeaf() instanceof MethodInvocationTree)
                .map(Chain::begin)
                .orElse(end);
    }

    /** The call that the statement at the end of a chain begins with, unless that is kept somewhere. */
    static Optional<TreePath> statement(TreePath end, ClassIndex index) {
        return Stream.iterate(Optional.of(end), Optional::isPresent, path -> path.flatMap(Chain::receiver))
                .flatMap(Optional::stream)
                .filter(path ->
                        index.method(path).filter(SqlMethods::beginsStatement).isPresent())
                .findFirst();
    }

    /** The first call of a name in a chain. */
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

    /** A joined table has its condition in the join. */
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
