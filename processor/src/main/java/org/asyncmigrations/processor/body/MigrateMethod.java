package org.asyncmigrations.processor.body;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.asyncmigrations.processor.model.RuntimeNames;

/**
 * The {@code migrate} of a batch migration.
 *
 * @param unit the file
 * @param path the method
 */
record MigrateMethod(Unit unit, TreePath path) {
    /** Absent if the class inherits it. */
    static Optional<MigrateMethod> of(TreePath type, Unit unit, Receivers receivers) {
        return ((ClassTree) type.getLeaf())
                .getMembers().stream()
                        .filter(member -> member instanceof MethodTree method
                                && method.getBody() != null
                                && method.getName().contentEquals(RuntimeNames.MIGRATE)
                                && method.getParameters().size() == 1)
                        .map(method -> new MigrateMethod(unit, new TreePath(type, method)))
                        .filter(method -> method.takesBatch(receivers))
                        .findFirst();
    }

    private boolean takesBatch(Receivers receivers) {
        return receivers
                .named(((MethodTree) path.getLeaf()).getParameters().get(0).getType(), path)
                .stream()
                .anyMatch(type -> type.getQualifiedName().contentEquals(RuntimeNames.ROW_BATCH.canonicalName()));
    }

    /** The parameter. */
    TreePath batch() {
        return new TreePath(path, ((MethodTree) path.getLeaf()).getParameters().get(0));
    }

    /** Whether a place is in it, or in a method of the file that is called, by its name, from such a place. */
    boolean reaches(TreePath place) {
        return reaches(place, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private boolean reaches(TreePath place, Set<Tree> seen) {
        for (TreePath p = place; p != null; p = p.getParentPath()) {
            if (p.getLeaf() == path.getLeaf()) {
                return true;
            }
            if (p.getLeaf() instanceof MethodTree method && seen.add(method) && isCalled(method, seen)) {
                return true;
            }
        }
        return false;
    }

    private boolean isCalled(MethodTree method, Set<Tree> seen) {
        Set<String> name = Set.of(method.getName().toString());
        return Stream.concat(unit.calls(name), unit.references(name)).anyMatch(call -> reaches(call, seen));
    }
}
