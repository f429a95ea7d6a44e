package org.asyncmigrations.processor.scan;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;

/** The text of classes, if the compiler hands it out: javac does, ecj does not, and kapt has stubs without bodies only. */
interface Sources {
    /** A compiler that hands out no text. */
    Sources NONE = type -> Optional.empty();

    /** The text of a class and of what lies around it. */
    Optional<ClassText> textOf(TypeElement type);

    static Sources of(ProcessingEnvironment environment) {
        try {
            return new Javac(Trees.instance(environment));
        } catch (IllegalArgumentException | LinkageError e) {
            return NONE;
        }
    }

    /**
     * Through javac's tree API.
     *
     * @param trees the entry to it
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
    }
}
