package org.asyncmigrations.processor.body;

import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import org.asyncmigrations.processor.model.Code;
import org.asyncmigrations.processor.model.Migration;

/**
 * The code of a compile, class by class as javac attributes it. A migration's code is complete when all classes that it may be in
 * have been read: its own file, and the files of the classes that it inherits from.
 */
public final class Bodies {
    private final Trees trees;
    private final Elements elements;
    private final Set<String> migrations = new HashSet<>();
    /** The top-level classes that will be read, with the migrations that wait for them. */
    private final Map<String, List<Waiting>> waiting = new HashMap<>();

    private int unread;

    /** A migration that isn't complete yet, with the classes that are left to read, and the code of the others. */
    private record Waiting(Migration migration, Set<String> left, List<ClassCode> parts) {}

    /**
     * The code of these migrations, in a compile by javac.
     *
     * @param compiler javac's own environment
     */
    public Bodies(ProcessingEnvironment compiler, Collection<Migration> migrations) {
        this.trees = Trees.instance(compiler);
        this.elements = compiler.getElementUtils();
        for (Migration migration : migrations) {
            this.migrations.add(migration.name());
            Waiting waits = new Waiting(migration, needed(migration), new ArrayList<>(1));
            unread += waits.left().isEmpty() ? 0 : 1;
            waits.left()
                    .forEach(name -> waiting.computeIfAbsent(name, key -> new ArrayList<>(1))
                            .add(waits));
        }
    }

    private Set<String> needed(Migration migration) {
        Set<String> names = new LinkedHashSet<>();
        TypeElement type = elements.getTypeElement(migration.name());
        if (type == null || trees.getPath(type) == null) {
            return names;
        }
        for (TypeElement parent : SqlMethods.withParents(type)) {
            TreePath path = trees.getPath(parent);
            if (path != null) {
                TreePath file = new TreePath(path.getCompilationUnit());
                for (Tree declared : path.getCompilationUnit().getTypeDecls()) {
                    if (trees.getElement(new TreePath(file, declared)) instanceof TypeElement beside) {
                        names.add(beside.getQualifiedName().toString());
                    }
                }
            }
        }
        return names;
    }

    /** Reads a top-level class that javac has just attributed, and returns the code of the migrations that are complete now. */
    public List<Code> read(TypeElement type) {
        String name = type.getQualifiedName().toString();
        List<Waiting> readers = waiting.getOrDefault(name, List.of());
        TreePath path = readers.isEmpty() ? null : trees.getPath(type);
        if (path == null) {
            return List.of();
        }
        ClassCode code = code(path);
        List<Code> complete = new ArrayList<>();
        for (Waiting reader : readers) {
            reader.parts().add(code);
            if (reader.left().remove(name) && reader.left().isEmpty()) {
                unread--;
                complete.add(new MigrationCode(trees, elements, reader.migration(), reader.parts()).read());
            }
        }
        waiting.put(name, List.of());
        return complete;
    }

    /** {@return whether the code of all migrations has been read} */
    public boolean isComplete() {
        return unread == 0;
    }

    private ClassCode code(TreePath path) {
        try {
            return new CodeReader(new ClassIndex(trees, path), this::isMigration, this::isRead).read();
        } catch (StackOverflowError e) {
            // Nothing written by hand is nested so deeply; javac reports it if it is an error.
            return new ClassCode();
        }
    }

    private boolean isMigration(TypeElement type) {
        return migrations.contains(type.getQualifiedName().toString());
    }

    private boolean isRead(TypeElement type) {
        Element outermost = type;
        while (outermost.getEnclosingElement() instanceof TypeElement around) {
            outermost = around;
        }
        return waiting.containsKey(((TypeElement) outermost).getQualifiedName().toString());
    }
}
