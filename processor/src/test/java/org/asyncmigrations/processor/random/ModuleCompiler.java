package org.asyncmigrations.processor.random;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.asyncmigrations.processor.MigrationProcessor;

/** Compiles modules with the processor, all with one file manager, which opens the jars of the class path once. */
final class ModuleCompiler implements AutoCloseable {
    private final JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    private final StandardJavaFileManager files = javac.getStandardFileManager(null, null, null);

    /**
     * What came of a module.
     *
     * @param succeeded whether it was compiled, without a warning
     * @param diagnostics all that was said
     * @param written what was written, sources and classes, by name
     */
    record Outcome(
            boolean succeeded, List<Diagnostic<? extends JavaFileObject>> diagnostics, Map<String, byte[]> written) {}

    /** As users compile: with all warnings, and each of them an error. */
    Outcome compile(RandomModule module) {
        return compile(module, List.copyOf(module.sources().keySet()), List.of());
    }

    /** The processor alone, with the files in another order; what it writes is not compiled. */
    Outcome process(RandomModule module) {
        List<String> order = new ArrayList<>(module.sources().keySet());
        Collections.reverse(order);
        return compile(module, order, List.of("-proc:only"));
    }

    private Outcome compile(RandomModule module, List<String> order, List<String> more) {
        List<String> options = new ArrayList<>(module.options());
        options.addAll(more);
        options.addAll(List.of("-Xlint:all,-processing", "-Werror", "-Xmaxerrs", "1000", "-Xmaxwarns", "1000"));
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        MemoryFiles memory = new MemoryFiles(files);
        List<JavaFileObject> sources = order.stream()
                .map(path -> MemoryFiles.source(path, module.sources().get(path)))
                .toList();
        StringWriter said = new StringWriter();
        JavaCompiler.CompilationTask task = javac.getTask(said, memory, diagnostics, options, null, sources);
        task.setProcessors(List.<Processor>of(new MigrationProcessor()));
        boolean succeeded = task.call();
        return new Outcome(succeeded, List.copyOf(diagnostics.getDiagnostics()), new TreeMap<>(memory.written()));
    }

    @Override
    public void close() throws java.io.IOException {
        files.close();
    }
}
