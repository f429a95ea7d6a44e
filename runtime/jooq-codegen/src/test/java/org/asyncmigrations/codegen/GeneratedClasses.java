package org.asyncmigrations.codegen;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.jooq.Table;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.Target;

/**
 * What jOOQ's own tool has generated, compiled.
 *
 * @param directory where the sources are
 */
record GeneratedClasses(Path directory) {
    static final String PACKAGE = "generated";

    /** Runs the tool in a project's directory, as its plugins for build tools do. */
    static GeneratedClasses of(Path project, Class<?> generator, Jdbc jdbc, Database database) throws Exception {
        Path directory = project.resolve("sources-of-" + generator.getSimpleName());
        GenerationTool.generate(new Configuration()
                .withBasedir(project.toString())
                .withLogging(Logging.ERROR)
                .withJdbc(jdbc)
                .withGenerator(new Generator()
                        .withName(generator.getName())
                        .withDatabase(database)
                        .withGenerate(new Generate().withPojos(true).withDaos(true))
                        .withTarget(new Target().withPackageName(PACKAGE).withDirectory(directory.toString()))));
        return new GeneratedClasses(directory);
    }

    /** All sources, one after the other. */
    String text() {
        return files().map(GeneratedClasses::read).reduce("", String::concat);
    }

    /** The source of one class. */
    String text(String name) {
        return files().filter(file -> file.getFileName().toString().startsWith(name + "."))
                .map(GeneratedClasses::read)
                .findFirst()
                .orElseThrow();
    }

    /** A table's class, compiled with all others. */
    Table<?> table(String name) throws Exception {
        Path classes = Files.createDirectories(directory.resolveSibling(directory.getFileName() + "-classes"));
        List<String> arguments = Stream.concat(
                        Stream.of("-proc:none", "-nowarn", "-d", classes.toString()), files().map(Path::toString))
                .toList();
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        if (status != 0) {
            throw new IllegalStateException("what was generated does not compile");
        }
        URLClassLoader loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader());
        return (Table<?>) loader.loadClass(PACKAGE + ".Tables").getField(name).get(null);
    }

    private Stream<Path> files() {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList().stream();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
