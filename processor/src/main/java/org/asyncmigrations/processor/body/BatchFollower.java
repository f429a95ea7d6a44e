package org.asyncmigrations.processor.body;

import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import org.asyncmigrations.processor.model.RuntimeNames;
import org.jspecify.annotations.Nullable;

/**
 * Follows the batch that {@code migrate} is handed, into the methods of the same file that it is handed on to. Whatever is done
 * with it besides asking for the way to the database may restrict a statement to its rows.
 */
final class BatchFollower {
    private final Unit unit;
    private final Scope scope;
    private final Set<Tree> followed = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean connects;
    private boolean mayUseRows;

    BatchFollower(Unit unit, Scope scope) {
        this.unit = unit;
        this.scope = scope;
    }

    /** Follows a parameter of a method. */
    BatchFollower follow(TreePath parameter) {
        MethodTree method = (MethodTree) parameter.getParentPath().getLeaf();
        if (method.getBody() == null) {
            mayUseRows = true;
        } else if (followed.add(parameter.getLeaf())) {
            new Uses((VariableTree) parameter.getLeaf())
                    .scan(new TreePath(parameter.getParentPath(), method.getBody()), null);
        }
        return this;
    }

    boolean connects() {
        return connects;
    }

    boolean mayUseRows() {
        return mayUseRows;
    }

    private void use(TreePath batch) {
        if (isConnection(batch.getParentPath())) {
            connects = true;
            return;
        }
        handedTo(batch).ifPresentOrElse(this::follow, () -> mayUseRows = true);
    }

    private static boolean isConnection(TreePath select) {
        return select.getLeaf() instanceof MemberSelectTree member
                && RuntimeNames.CONNECTIONS.contains(member.getIdentifier().toString())
                && select.getParentPath().getLeaf() instanceof MethodInvocationTree;
    }

    /** The parameter of a method of the same file. */
    private Optional<TreePath> handedTo(TreePath batch) {
        TreePath call = batch.getParentPath();
        if (!(call.getLeaf() instanceof MethodInvocationTree invocation)) {
            return Optional.empty();
        }
        int index = invocation.getArguments().indexOf(batch.getLeaf());
        int count = invocation.getArguments().size();
        return unit.ownMethod(call)
                .filter(method ->
                        ((MethodTree) method.getLeaf()).getParameters().size() == count)
                .map(method -> new TreePath(
                        method, ((MethodTree) method.getLeaf()).getParameters().get(index)));
    }

    /** Finds the uses of a parameter. */
    private final class Uses extends TreePathScanner<@Nullable Void, @Nullable Void> {
        private final VariableTree parameter;

        private Uses(VariableTree parameter) {
            this.parameter = parameter;
        }

        @Override
        public @Nullable Void visitIdentifier(IdentifierTree name, @Nullable Void nothing) {
            boolean same = name.getName().equals(parameter.getName())
                    && !isMethod(getCurrentPath())
                    && scope.find(getCurrentPath(), name.getName().toString())
                            .filter(declared -> declared.getLeaf() == parameter)
                            .isPresent();
            if (same) {
                use(getCurrentPath());
            }
            return super.visitIdentifier(name, nothing);
        }

        private static boolean isMethod(TreePath name) {
            return name.getParentPath().getLeaf() instanceof MethodInvocationTree call
                    && call.getMethodSelect() == name.getLeaf();
        }
    }
}
