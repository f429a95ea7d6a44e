package org.asyncmigrations.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.asyncmigrations.processor.random.MemoryFiles;

/** What came of compiling some sources with the processor, in a form that tests can pin. */
record Compiled(boolean succeeded, List<Diagnostic<? extends JavaFileObject>> found, Map<String, byte[]> written) {
    static Compiled of(List<JavaFileObject> sources, String... options) {
        return with(List.of(Installed.alone()), sources, options);
    }

    static Compiled with(List<Processor> processors, List<JavaFileObject> sources, String... options) {
        return behind(List.of(), processors, sources, options);
    }

    /** With directories before the tests' class path. */
    static Compiled behind(
            List<Path> directories, List<Processor> processors, List<JavaFileObject> sources, String... options) {
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        // Not closed, because diagnostics read files when they are formatted. Only the shared part holds files open.
        MemoryFiles memory = new MemoryFiles(OpenedJars.behind(directories));
        JavaCompiler.CompilationTask task = ToolProvider.getSystemJavaCompiler()
                .getTask(null, memory, diagnostics, List.of(options), null, sources);
        task.setProcessors(processors);
        boolean succeeded = task.call();
        return new Compiled(succeeded, diagnostics.getDiagnostics(), memory.written());
    }

    /** One line each, {@code File.java:9:27: error: text}, sorted by place. */
    String diagnostics() {
        return found.stream()
                .sorted(Comparator.comparing(Compiled::file)
                        .thenComparing(Diagnostic::getLineNumber)
                        .thenComparing(Diagnostic::getColumnNumber))
                .map(Compiled::line)
                .collect(Collectors.joining());
    }

    /** Without a warning. */
    Compiled succeeds() {
        assertThat(diagnostics()).as("diagnostics").isEmpty();
        return isCompiled();
    }

    Compiled isCompiled() {
        assertThat(succeeded).as(diagnostics()).isTrue();
        return this;
    }

    /** The text of a generated source, by its simple name. */
    String generated(String simpleName) {
        String text = generated().get(simpleName);
        assertThat(text).as(simpleName + ", generated").isNotNull();
        return text;
    }

    Map<String, String> generated() {
        Map<String, String> texts = new LinkedHashMap<>();
        written.forEach((path, bytes) -> {
            if (path.endsWith(".java")) {
                String name = path.substring(path.lastIndexOf('/') + 1).replace(".java", "");
                texts.put(name, new String(bytes, StandardCharsets.UTF_8));
            }
        });
        return texts;
    }

    List<Diagnostic<? extends JavaFileObject>> errors() {
        return found.stream()
                .filter(one -> one.getKind() == Diagnostic.Kind.ERROR)
                .toList();
    }

    private static String line(Diagnostic<? extends JavaFileObject> diagnostic) {
        String place = diagnostic.getSource() == null
                ? ""
                : file(diagnostic) + ":" + diagnostic.getLineNumber() + ":" + diagnostic.getColumnNumber() + ": ";
        String kind = diagnostic.getKind() == Diagnostic.Kind.ERROR ? "error" : "warning";
        return place + kind + ": " + diagnostic.getMessage(Locale.ROOT) + "\n";
    }

    private static String file(Diagnostic<? extends JavaFileObject> diagnostic) {
        return diagnostic.getSource() == null ? "" : simpleName(diagnostic.getSource());
    }

    private static String simpleName(JavaFileObject file) {
        return file.getName().substring(file.getName().lastIndexOf('/') + 1);
    }
}
