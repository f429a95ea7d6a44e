package org.asyncmigrations.processor.body;

import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import org.asyncmigrations.processor.model.RuntimeNames;
import org.jspecify.annotations.Nullable;

/**
 * Follows the batch that {@code migrate} gets, including into methods of the same class to which it is passed. Any use of it
 * other than getting the connection may restrict a statement to its rows.
 */
final class BatchFollower {
    private final ClassIndex index;
    private final Predicate<TypeElement> isMigration;
    private final Set<Element> followed = new HashSet<>();
    boolean connects;
    boolean mayUseRows;

    BatchFollower(ClassIndex index, Predicate<TypeElement> isMigration) {
        this.index = index;
        this.isMigration = isMigration;
    }

    /** Follows a parameter through the body of its method. */
    BatchFollower follow(TreePath parameter) {
        MethodTree method = (MethodTree) parameter.getParentPath().getLeaf();
        Element batch = index.element(parameter);
        if (method.getBody() == null || batch == null) {
            mayUseRows = true;
        } else if (followed.add(batch)) {
            new TreePathScanner<@Nullable Void, @Nullable Void>() {
                @Override
                public @Nullable Void visitIdentifier(IdentifierTree name, @Nullable Void nothing) {
                    if (batch.equals(index.element(getCurrentPath()))) {
                        use(getCurrentPath());
                    }
                    return null;
                }
            }.scan(new TreePath(parameter.getParentPath(), method.getBody()), null);
        }
        return this;
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

    /** {@return the parameter that gets the batch, if it belongs to a method of this class that no subclass overrides} */
    private Optional<TreePath> handedTo(TreePath batch) {
        TreePath call = batch.getParentPath();
        if (!(call.getLeaf() instanceof MethodInvocationTree invocation)) {
            return Optional.empty();
        }
        int position = invocation.getArguments().indexOf(batch.getLeaf());
        return index.method(call)
                .filter(method -> position >= 0 && !method.isVarArgs() && !isOverridden(method))
                .flatMap(index::declaration)
                .map(method -> new TreePath(
                        method, ((MethodTree) method.getLeaf()).getParameters().get(position)));
    }

    private boolean isOverridden(ExecutableElement method) {
        Set<Modifier> modifiers = method.getModifiers();
        Element type = method.getEnclosingElement();
        boolean isOnlyOne = modifiers.contains(Modifier.PRIVATE)
                || modifiers.contains(Modifier.STATIC)
                || modifiers.contains(Modifier.FINAL)
                || type.getModifiers().contains(Modifier.FINAL);
        return !isOnlyOne && !isMigration.test((TypeElement) type);
    }
}
