package org.asyncmigrations.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;

/** What came of compiling some sources with the processor, in a form that tests can pin. */
record Compiled(Compilation compilation) {
    static Compiled of(List<JavaFileObject> sources, String... options) {
        return with(List.of(Installed.alone()), sources, options);
    }

    static Compiled with(List<Processor> processors, List<JavaFileObject> sources, String... options) {
        return new Compiled(Compiler.javac()
                .withProcessors(processors)
                .withOptions((Object[]) options)
                .compile(sources));
    }

    /** One line each, {@code File.java:9:27: error: text}, sorted by place. */
    String diagnostics() {
        return compilation.diagnostics().stream()
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
        assertThat(compilation.status()).as(diagnostics()).isEqualTo(Compilation.Status.SUCCESS);
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
        for (JavaFileObject file : compilation.generatedSourceFiles()) {
            texts.put(simpleName(file).replace(".java", ""), text(file));
        }
        return texts;
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

    private static String text(JavaFileObject file) {
        try {
            return file.getCharContent(false).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
