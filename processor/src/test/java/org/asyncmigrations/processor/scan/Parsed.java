package org.asyncmigrations.processor.scan;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * A file as the compiler's parser alone sees it: enough for fingerprints, and a thousand of them take a second.
 *
 * @param fingerprints of all its classes that have a name, by that name
 * @param valid whether the parser found nothing wrong
 */
record Parsed(Map<String, String> fingerprints, boolean valid) {
    private static final JavaCompiler JAVAC = ToolProvider.getSystemJavaCompiler();

    static Parsed of(JavaFileObject source) {
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        JavacTask task = (JavacTask) JAVAC.getTask(null, null, problems, List.of("-proc:none"), null, List.of(source));
        try {
            CompilationUnitTree file = task.parse().iterator().next();
            ClassTexts texts =
                    new ClassTexts(Trees.instance(task).getSourcePositions(), file, source.getCharContent(true));
            Classes classes = new Classes(texts);
            classes.scan(file, null);
            return new Parsed(classes.fingerprints, problems.getDiagnostics().isEmpty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String of(String className) {
        return fingerprints.get(className);
    }

    /** Visits all classes that a migration could be. */
    private static final class Classes extends TreePathScanner<@Nullable Void, @Nullable Void> {
        private final Map<String, String> fingerprints = new LinkedHashMap<>();
        private final ClassTexts texts;

        Classes(ClassTexts texts) {
            this.texts = texts;
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
            TreePath path = getCurrentPath();
            boolean member = !(path.getParentPath().getLeaf() instanceof ClassTree outer)
                    || outer.getMembers().contains(type);
            if (member && !type.getSimpleName().isEmpty()) {
                texts.of(path)
                        .ifPresent(text -> fingerprints.put(type.getSimpleName().toString(), Fingerprint.of(text)));
            }
            return super.visitClass(type, nothing);
        }
    }
}
