package org.asyncmigrations.processor.body;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.TreePath;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A statement that is built and sent as one chain of calls: {@code dsl.update(T).set(…).execute()}. */
final class Chain {
    private Chain() {}

    /**
     * Whether a chain that begins with the call is sent without a condition. One that is kept, or handed on, is not judged: a
     * condition may come later.
     */
    static boolean isUnbounded(TreePath begin) {
        MethodInvocationTree call = (MethodInvocationTree) begin.getLeaf();
        if (call.getArguments().size() != 1 || isJoin(call.getArguments().get(0))) {
            return false;
        }
        for (TreePath p = next(begin); p != null; p = next(p)) {
            String name = SqlMethods.called(((MethodInvocationTree) p.getLeaf()).getMethodSelect());
            if (name.startsWith("where") || name.startsWith("limit")) {
                return false;
            } else if (name.startsWith("execute") || name.startsWith("fetch")) {
                return true;
            }
        }
        return false;
    }

    /** The call that a chain begins with, of a chain that begins with one on a name. */
    static TreePath begin(TreePath end) {
        TreePath call = end;
        while (((MethodInvocationTree) call.getLeaf()).getMethodSelect() instanceof MemberSelectTree select
                && select.getExpression() instanceof MethodInvocationTree) {
            call = new TreePath(new TreePath(call, select), select.getExpression());
        }
        return call;
    }

    /** What is called in a chain, from the beginning on. */
    static Set<String> names(TreePath begin) {
        Set<String> names = new HashSet<>();
        for (TreePath p = begin; p != null; p = next(p)) {
            names.add(SqlMethods.called(((MethodInvocationTree) p.getLeaf()).getMethodSelect()));
        }
        return names;
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
    private static boolean isJoin(ExpressionTree table) {
        ExpressionTree tree = table;
        while (tree instanceof MethodInvocationTree call) {
            String name = SqlMethods.called(call.getMethodSelect());
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
