package org.asyncmigrations.processor.body;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds what a simple name stands for by the rules of Java, without having the compiler look into the whole body. */
final class Scope {
    private Scope() {}

    /** The declaration of a variable, parameter or field of the file, as a {@link VariableTree}. */
    static Optional<TreePath> find(TreePath use, String name) {
        TreePath from = use;
        for (TreePath p = use.getParentPath(); p != null; p = p.getParentPath()) {
            Tree declared = declared(p.getLeaf(), from.getLeaf(), name);
            if (declared != null && declared != from.getLeaf()) {
                return Optional.of(new TreePath(p, declared));
            }
            from = p;
        }
        return Optional.empty();
    }

    private static @Nullable Tree declared(Tree around, Tree from, String name) {
        if (around instanceof BlockTree block) {
            return before(block.getStatements(), from, name);
        } else if (around instanceof CaseTree labelled && labelled.getStatements() != null) {
            return before(labelled.getStatements(), from, name);
        } else if (around instanceof ForLoopTree loop) {
            return before(loop.getInitializer(), from, name);
        } else if (around instanceof EnhancedForLoopTree loop) {
            return from == loop.getStatement() ? before(List.of(loop.getVariable()), from, name) : null;
        } else if (around instanceof TryTree attempt) {
            return from == attempt.getBlock() ? before(attempt.getResources(), from, name) : null;
        } else if (around instanceof CatchTree caught) {
            return before(List.of(caught.getParameter()), from, name);
        } else if (around instanceof LambdaExpressionTree lambda) {
            return before(lambda.getParameters(), from, name);
        } else if (around instanceof MethodTree method) {
            return before(method.getParameters(), from, name);
        }
        return around instanceof ClassTree type ? field(type, name) : null;
    }

    /** A variable begins to be one with its own initializer. */
    private static @Nullable Tree before(List<? extends Tree> statements, Tree end, String name) {
        for (Tree statement : statements) {
            if (isNamed(statement, name)) {
                return statement;
            }
            if (statement == end) {
                return null;
            }
        }
        return null;
    }

    private static @Nullable Tree field(ClassTree type, String name) {
        return type.getMembers().stream()
                .filter(member -> isNamed(member, name))
                .findFirst()
                .orElse(null);
    }

    private static boolean isNamed(Tree tree, String name) {
        return tree instanceof VariableTree variable && variable.getName().contentEquals(name);
    }
}
