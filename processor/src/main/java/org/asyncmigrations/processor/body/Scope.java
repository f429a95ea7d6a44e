package org.asyncmigrations.processor.body;

import com.sun.source.tree.BindingPatternTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a simple name stands for by the rules of Java, without having the compiler look into the whole body.
 *
 * @param unit the file
 */
record Scope(Unit unit) {
    /** The same of a name that {@code this} may stand before: then it is a field. */
    Optional<TreePath> declaration(TreePath use, String name) {
        if (!(use.getLeaf() instanceof MemberSelectTree)) {
            return find(use, name);
        }
        TreePath type = use;
        while (type != null && !(type.getLeaf() instanceof ClassTree)) {
            type = type.getParentPath();
        }
        return type == null ? Optional.empty() : find(new TreePath(type, use.getLeaf()), name);
    }

    /**
     * The declaration of a variable, parameter or field of the file, as a {@link VariableTree}; some other tree where it is known
     * only that it may be none of them.
     */
    Optional<TreePath> find(TreePath use, String name) {
        TreePath from = use;
        for (TreePath p = use.getParentPath(); p != null; p = p.getParentPath()) {
            Optional<TreePath> matched =
                    p.getLeaf() instanceof ClassTree ? matched(p, from.getLeaf(), name) : Optional.empty();
            if (matched.isPresent()) {
                return matched;
            }
            Tree declared = declared(p.getLeaf(), from.getLeaf(), name);
            if (declared != null && declared != from.getLeaf()) {
                return Optional.of(new TreePath(p, declared));
            }
            from = p;
        }
        return Optional.empty();
    }

    /** The variable of a pattern; the pattern itself where the name may be something else too. */
    private Optional<TreePath> matched(TreePath type, Tree member, String name) {
        List<TreePath> found = unit.patterns(name, member);
        if (found.size() != 1 || isField(type, name)) {
            return found.stream().findFirst();
        }
        BindingPatternTree pattern = (BindingPatternTree) found.get(0).getLeaf();
        return Optional.of(new TreePath(found.get(0), pattern.getVariable()));
    }

    private static boolean isField(TreePath type, String name) {
        for (TreePath p = type; p != null; p = p.getParentPath()) {
            if (p.getLeaf() instanceof ClassTree around && field(around, name) != null) {
                return true;
            }
        }
        return false;
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
            boolean within =
                    from == attempt.getBlock() || attempt.getResources().contains(from);
            return within ? before(attempt.getResources(), from, name) : null;
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
