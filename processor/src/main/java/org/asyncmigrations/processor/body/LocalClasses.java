package org.asyncmigrations.processor.body;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.List;

/** Classes in bodies, which the compiler does not know yet in the middle of the rounds. */
final class LocalClasses {
    private LocalClasses() {}

    /** Whether one of those around a place may have a method, which is then not one of the classes further out. */
    static boolean mayHave(String method, TreePath use, Constants constants) {
        for (TreePath p = use; p != null; p = p.getParentPath()) {
            if (p.getLeaf() instanceof ClassTree type && isLocal(p) && mayHave(method, type, p, constants)) {
                return true;
            }
        }
        return false;
    }

    static boolean isLocal(TreePath type) {
        Tree around = type.getParentPath().getLeaf();
        return around.getKind() != Tree.Kind.COMPILATION_UNIT && !(around instanceof ClassTree);
    }

    private static boolean mayHave(String method, ClassTree type, TreePath path, Constants constants) {
        boolean own = type.getMembers().stream()
                .anyMatch(member -> member instanceof MethodTree declared
                        && declared.getName().contentEquals(method));
        return own
                || parents(type, path).stream()
                        .anyMatch(parent -> constants
                                .type(parent, path)
                                .map(found -> Constants.has(found, method))
                                .orElse(true));
    }

    private static List<String> parents(ClassTree type, TreePath path) {
        List<Tree> parents = new ArrayList<>(type.getImplementsClause());
        if (type.getExtendsClause() != null) {
            parents.add(type.getExtendsClause());
        } else if (path.getParentPath().getLeaf() instanceof NewClassTree made) {
            parents.add(made.getIdentifier());
        }
        return parents.stream()
                .map(parent -> parent instanceof ParameterizedTypeTree generic ? generic.getType() : parent)
                .map(Tree::toString)
                .toList();
    }
}
