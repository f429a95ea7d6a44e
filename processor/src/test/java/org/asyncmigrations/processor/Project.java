package org.asyncmigrations.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Sources and classes on a disk, compiled as build tools and IDEs do: all of them, or what has changed. */
final class Project {
    private final Path root;
    private final JavaCompiler compiler;
    private final List<Path> classPath = new ArrayList<>();

    Project(Path root) {
        this(root, ToolProvider.getSystemJavaCompiler());
    }

    Project(Path root, JavaCompiler compiler) {
        this.root = root;
        this.compiler = compiler;
        for (String directory : List.of("src", "classes", "generated")) {
            create(root.resolve(directory));
        }
    }

    /** Sources of a sample, each in the directory of its package. */
    Project withSample(String directory) {
        Samples.sources(directory).forEach(source -> write(Samples.name(source), Samples.text(source)));
        return this;
    }

    Project with(JavaFileObject source) {
        return write(Samples.name(source), Samples.text(source));
    }

    Project write(String className, String text) {
        Path file = source(className);
        create(file.getParent());
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** A source, and as an IDE does its classes. */
    Project delete(String className) {
        try {
            Files.delete(source(className));
            String path = classes().resolve(className.replace('.', '/')).toString();
            for (Path file : files(classes())) {
                if (file.toString().matches(Pattern.quote(path) + "(\\$.*)?\\.class")) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** All of it in another place, as it was built. */
    Project copyTo(Path other) {
        for (Path file : files(root)) {
            Path copy = other.resolve(root.relativize(file));
            create(copy.getParent());
            try {
                Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        Project project = new Project(other, compiler);
        project.classPath.addAll(classPath);
        return project;
    }

    Project withSourcesOf(Project other) {
        other.classNames().forEach(name -> write(name, text(other.source(name))));
        return this;
    }

    Project on(Project other) {
        classPath.add(other.classes());
        return this;
    }

    List<String> classNames() {
        Path src = root.resolve("src");
        return files(src).stream()
                .map(file ->
                        src.relativize(file).toString().replace(".java", "").replace('/', '.'))
                .toList();
    }

    /** Compiles all that is there. */
    String build(String... options) {
        return compile(List.of(Installed.alone()), classNames(), options);
    }

    /** Compiles some sources, with what was compiled before in the class path and in the place of output. */
    String buildOnly(String... classNames) {
        return compile(List.of(Installed.alone()), List.of(classNames));
    }

    /** Line by line what the compiler says. */
    String compile(List<Processor> processors, List<String> classNames, String... options) {
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (JavaFileManager files = files(options)) {
            StandardJavaFileManager own =
                    files instanceof OpenedJars opened ? opened.own() : (StandardJavaFileManager) files;
            var sources = own.getJavaFileObjectsFromPaths(
                    classNames.stream().map(this::source).toList());
            JavaCompiler.CompilationTask task = compiler.getTask(
                    null, files, diagnostics, options(files instanceof OpenedJars, options), null, sources);
            task.setProcessors(processors);
            boolean compiled = task.call();
            String text = diagnostics.getDiagnostics().stream()
                    .map(Project::line)
                    .sorted()
                    .collect(Collectors.joining("\n"));
            assertThat(compiled).as(text).isEqualTo(!text.contains("error: "));
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JavaFileManager files(String... options) {
        boolean hasOwnPath = Stream.of(options).anyMatch(option -> option.matches("-cp|-p|--.*"));
        return isJavac() && !hasOwnPath
                ? OpenedJars.behind(directories())
                : compiler.getStandardFileManager(null, Locale.ROOT, null);
    }

    private boolean isJavac() {
        return ToolProvider.getSystemJavaCompiler().getClass().isInstance(compiler);
    }

    private List<Path> directories() {
        return Stream.concat(Stream.of(classes()), classPath.stream()).toList();
    }

    /** All that the processor has written, by its path. */
    Map<String, String> written() {
        Map<String, String> texts = new TreeMap<>();
        for (Path directory : List.of(root.resolve("generated"), classes().resolve("META-INF"))) {
            for (Path file : files(directory)) {
                texts.put(root.relativize(file).toString(), text(file));
            }
        }
        return texts;
    }

    /** What a build of the same sources writes where nothing was built before. */
    Map<String, String> writtenFromClean() {
        Path elsewhere = root.resolveSibling(root.getFileName() + "-clean");
        Project clean = new Project(elsewhere, compiler);
        clean.classPath.addAll(classPath);
        clean.withSourcesOf(this);
        assertThat(clean.build()).isEmpty();
        return clean.written();
    }

    Path index() {
        return classes().resolve("META-INF/async-migrations/index");
    }

    Path classes() {
        return root.resolve("classes");
    }

    String sourceOf(String className) {
        return text(source(className));
    }

    Path source(String className) {
        return root.resolve("src").resolve(className.replace('.', '/') + ".java");
    }

    private List<String> options(boolean isPathOpened, String... more) {
        List<String> options = new ArrayList<>(List.of("-d", classes().toString()));
        if (!isJavac()) {
            // What ecj takes for granted is older than our sources.
            options.addAll(List.of("--release", "17"));
        }
        options.addAll(List.of("-s", root.resolve("generated").toString()));
        if (!isPathOpened) {
            String path = directories().stream().map(Path::toString).collect(Collectors.joining(":"));
            options.addAll(List.of("-cp", path + ":" + System.getProperty("java.class.path")));
        }
        options.addAll(Arrays.asList(more));
        return options;
    }

    private static String line(Diagnostic<? extends JavaFileObject> diagnostic) {
        String kind = diagnostic.getKind() == Diagnostic.Kind.ERROR ? "error: " : "warning: ";
        String place = diagnostic.getSource() == null
                ? ""
                : Path.of(diagnostic.getSource().getName()).getFileName() + ":" + diagnostic.getLineNumber() + ": ";
        return place + kind + diagnostic.getMessage(Locale.ROOT);
    }

    static List<Path> files(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void create(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
