package org.asyncmigrations.processor.scan;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.asyncmigrations.processor.scan.ClassText.Neighbour;

/**
 * Extracts the text of a class, and its neighbours, from a file. The file only needs to be parsed.
 *
 * @param positions the positions of trees
 * @param file the file's tree
 * @param content the file's text
 */
record ClassTexts(SourcePositions positions, CompilationUnitTree file, CharSequence content) {
    Optional<ClassText> of(TreePath path) {
        return place(path.getLeaf(), Set.of()).map(own -> new ClassText(own.text(), names(path), neighbours(path)));
    }

    private static List<String> names(TreePath path) {
        List<String> names = new ArrayList<>();
        for (TreePath p = path; p.getLeaf() instanceof ClassTree type; p = p.getParentPath()) {
            names.add(type.getSimpleName().toString());
        }
        return names;
    }

    private List<Neighbour> neighbours(TreePath path) {
        List<Neighbour> neighbours = new ArrayList<>();
        for (TreePath inner = path; inner.getParentPath() != null; inner = inner.getParentPath()) {
            Tree outer = inner.getParentPath().getLeaf();
            Tree within = inner.getLeaf();
            List<? extends Tree> members = outer instanceof ClassTree type
                    ? type.getMembers()
                    : outer instanceof CompilationUnitTree whole ? whole.getTypeDecls() : List.of();
            members.stream()
                    .filter(member -> member != within)
                    .flatMap(member -> neighbour(member, outer).stream())
                    .forEach(neighbours::add);
        }
        return neighbours;
    }

    /** {@return the neighbour, empty for a declaration that the compiler has added} */
    private Optional<Neighbour> neighbour(Tree member, Tree outer) {
        return place(member, Set.of()).flatMap(place -> place(member, namesOf(member, outer, place)));
    }

    private static Set<String> namesOf(Tree member, Tree outer, Neighbour place) {
        if (member instanceof ClassTree type) {
            return Set.of(type.getSimpleName().toString());
        }
        if (member instanceof VariableTree field) {
            return Set.of(field.getName().toString());
        }
        if (member instanceof MethodTree method && method.getReturnType() != null) {
            return Set.of(method.getName().toString());
        }
        if (outer instanceof ClassTree type) {
            // A constructor is used by its class's name, an initializer by the fields that it sets.
            return member instanceof BlockTree
                    ? fieldsIn(type, place.text())
                    : Set.of(type.getSimpleName().toString());
        }
        return Set.of();
    }

    private static Set<String> fieldsIn(ClassTree type, String text) {
        Set<String> words = Tokens.words(Tokens.of(text));
        return type.getMembers().stream()
                .filter(member -> member instanceof VariableTree)
                .map(member -> ((VariableTree) member).getName().toString())
                .filter(words::contains)
                .collect(Collectors.toSet());
    }

    private Optional<Neighbour> place(Tree tree, Set<String> names) {
        long start = positions.getStartPosition(file, tree);
        long end = positions.getEndPosition(file, tree);
        boolean within = start >= 0 && end > start && end <= content.length();
        return within ? Optional.of(new Neighbour(names, content, (int) start, (int) end)) : Optional.empty();
    }
}
