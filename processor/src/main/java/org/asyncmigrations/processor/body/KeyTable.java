package org.asyncmigrations.processor.body;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.asyncmigrations.processor.model.BatchUse.Walked;
import org.asyncmigrations.processor.model.RuntimeNames;
import org.jspecify.annotations.Nullable;

/**
 * The table that a batch migration walks, as its {@code key} writes it: {@code USERS} of {@code BatchKey.of(USERS.ID)}, or
 * {@code table("users")} of {@code BatchKey.of(table("users"), …)}, {@code BatchKey.of("users", …)} and {@code
 * BatchKey.byPosition(table("users"))}.
 *
 * @param scope what names stand for
 * @param expression the table; absent if {@code key} does more than this
 */
record KeyTable(Scope scope, Optional<TreePath> expression) {
    static KeyTable of(TreePath type, Receivers receivers) {
        Optional<TreePath> table = ReturnedCall.of(type, RuntimeNames.KEY)
                .map(KeyTable::maker)
                .filter(value -> isKey(value, receivers))
                .flatMap(KeyTable::table)
                .findFirst();
        return new KeyTable(receivers.scope(), table);
    }

    /** The call that makes the key, without the one that turns it around. */
    private static TreePath maker(TreePath call) {
        return called(call).equals(RuntimeNames.DESCENDING)
                        && ((MethodInvocationTree) call.getLeaf()).getMethodSelect() instanceof MemberSelectTree member
                        && member.getExpression() instanceof MethodInvocationTree maker
                ? new TreePath(new TreePath(call, member), maker)
                : call;
    }

    private static String called(TreePath call) {
        return Names.called(((MethodInvocationTree) call.getLeaf()).getMethodSelect());
    }

    private static boolean isKey(TreePath call, Receivers receivers) {
        return (called(call).equals(RuntimeNames.KEY_FACTORY) || called(call).equals(RuntimeNames.POSITION_FACTORY))
                && receivers.of(call).stream()
                        .anyMatch(
                                type -> type.getQualifiedName().contentEquals(RuntimeNames.BATCH_KEY.canonicalName()));
    }

    /** The first of several arguments, or of a walk by position, or what the field is selected from that is the only one. */
    private static Stream<TreePath> table(TreePath call) {
        List<? extends ExpressionTree> arguments = ((MethodInvocationTree) call.getLeaf()).getArguments();
        if (arguments.size() > 1 || !arguments.isEmpty() && called(call).equals(RuntimeNames.POSITION_FACTORY)) {
            return Stream.of(new TreePath(call, arguments.get(0)));
        }
        return arguments.size() == 1
                        && arguments.get(0) instanceof MemberSelectTree field
                        && !Names.isUnqualified(field)
                ? Stream.of(new TreePath(new TreePath(call, field), field.getExpression()))
                : Stream.empty();
    }

    /** Whether it is a table that a statement names: in the same words, which stand for the same variables. */
    Walked isTable(TreePath other) {
        if (expression.isEmpty()) {
            return Walked.UNKNOWN;
        }
        TreePath own = expression.get();
        if (own.getLeaf() instanceof LiteralTree name) {
            return other.getLeaf() instanceof MethodInvocationTree call
                            && Names.called(call.getMethodSelect()).equals("table")
                            && call.getArguments().toString().equals(name.toString())
                    ? Walked.YES
                    : Walked.NO;
        }
        boolean same = own.getLeaf().toString().equals(other.getLeaf().toString())
                && declarations(own).equals(declarations(other));
        return same ? Walked.YES : Walked.NO;
    }

    private List<Optional<Tree>> declarations(TreePath table) {
        List<Optional<Tree>> found = new ArrayList<>();
        new TreePathScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitIdentifier(IdentifierTree name, @Nullable Void nothing) {
                found.add(
                        scope.find(getCurrentPath(), name.getName().toString()).map(TreePath::getLeaf));
                return super.visitIdentifier(name, nothing);
            }
        }.scan(table, null);
        return found;
    }
}
