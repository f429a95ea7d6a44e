package org.asyncmigrations.processor.scan;

import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;

/** The text of classes, where the compiler hands it out: javac does, ecj does not. */
interface Sources {
    /** A compiler that hands out no text. */
    Sources NONE = type -> Optional.empty();

    /** The text from the class's first modifier or annotation to its closing brace. */
    Optional<String> textOf(TypeElement type);

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
        public Optional<String> textOf(TypeElement type) {
            TreePath path = trees.getPath(type);
            if (path == null) {
                return Optional.empty();
            }
            SourcePositions positions = trees.getSourcePositions();
            long start = positions.getStartPosition(path.getCompilationUnit(), path.getLeaf());
            long end = positions.getEndPosition(path.getCompilationUnit(), path.getLeaf());
            try {
                CharSequence text = path.getCompilationUnit().getSourceFile().getCharContent(true);
                boolean within = start >= 0 && end > start && end <= text.length();
                return within
                        ? Optional.of(text.subSequence((int) start, (int) end).toString())
                        : Optional.empty();
            } catch (IOException e) {
                return Optional.empty();
            }
        }
    }
}
