package org.asyncmigrations.processor.body;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.util.TreePath;
import java.util.stream.Stream;

/** The call that is all that a method without parameters does. */
final class ReturnedCall {
    private ReturnedCall() {}

    static Stream<TreePath> of(TreePath type, String name) {
        return ((ClassTree) type.getLeaf())
                .getMembers().stream()
                        .filter(member -> member instanceof MethodTree method
                                && method.getName().contentEquals(name)
                                && method.getParameters().isEmpty())
                        .flatMap(method -> returned(new TreePath(type, method)));
    }

    private static Stream<TreePath> returned(TreePath path) {
        MethodTree method = (MethodTree) path.getLeaf();
        return method.getBody() != null
                        && method.getBody().getStatements().size() == 1
                        && method.getBody().getStatements().get(0) instanceof ReturnTree result
                        && result.getExpression() instanceof MethodInvocationTree call
                ? Stream.of(new TreePath(new TreePath(new TreePath(path, method.getBody()), result), call))
                : Stream.empty();
    }
}
