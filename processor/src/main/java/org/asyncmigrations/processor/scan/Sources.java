package org.asyncmigrations.processor.scan;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;
import org.asyncmigrations.processor.model.Origin;

/** The text of classes, if the compiler provides it: javac does, ecj doesn't, and kapt only has stubs without bodies. */
interface Sources {
    /** For compilers that don't provide text. */
    Sources NONE = type -> Optional.empty();

    /** {@return the text of a class, and its neighbours in the file} */
    Optional<ClassText> textOf(TypeElement type);

    /** {@return the place of a value in one of several annotations of the same type, which javac's own API doesn't know} */
    default Origin originOf(TypeElement type, String annotation, int index, String name, Origin otherwise) {
        return otherwise;
    }

    static Sources of(ProcessingEnvironment environment) {
        try {
            return new Javac(Trees.instance(environment));
        } catch (IllegalArgumentException | LinkageError e) {
            return NONE;
        }
    }

    /**
     * Uses javac's tree API.
     *
     * @param trees the API's entry point
     */
    record Javac(Trees trees) implements Sources {
        @Override
        public Optional<ClassText> textOf(TypeElement type) {
            TreePath path = trees.getPath(type);
            if (path == null || Kotlin.isSourceOf(type)) {
                return Optional.empty();
            }
            CompilationUnitTree file = path.getCompilationUnit();
            try {
                CharSequence content = file.getSourceFile().getCharContent(true);
                return new ClassTexts(trees.getSourcePositions(), file, content).of(path);
            } catch (IOException e) {
                return Optional.empty();
            }
        }

        @Override
        public Origin originOf(TypeElement type, String annotation, int index, String name, Origin otherwise) {
            TreePath path = trees.getPath(type);
            if (path == null || !(path.getLeaf() instanceof ClassTree tree)) {
                return otherwise;
            }
            return tree.getModifiers().getAnnotations().stream()
                    .filter(found -> simpleName(found.getAnnotationType()).equals(annotation))
                    .skip(index)
                    .limit(1)
                    .flatMap(found -> found.getArguments().stream())
                    .filter(argument -> argument instanceof AssignmentTree assignment
                            && simpleName(assignment.getVariable()).equals(name))
                    .map(argument -> ((AssignmentTree) argument).getExpression())
                    .findFirst()
                    .map(value -> origin(otherwise, path.getCompilationUnit(), value))
                    .orElse(otherwise);
        }

        private Origin origin(Origin owner, CompilationUnitTree file, Tree value) {
            long start = trees.getSourcePositions().getStartPosition(file, value);
            return owner.at(start, (kind, text) -> trees.printMessage(kind, text, value, file));
        }

        private static String simpleName(Tree name) {
            String full = name.toString();
            return full.substring(full.lastIndexOf('.') + 1);
        }
    }
}
