package org.asyncmigrations.processor;

import com.google.testing.compile.JavaFileObjects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;

/** The sources that tests compile: {@code good}, {@code bad} and {@code expected} among the test resources. */
final class Samples {
    private static final Path ROOT = Path.of("src/test/resources");

    private Samples() {}

    static List<JavaFileObject> sources(String directory) {
        try (Stream<Path> files = Files.walk(ROOT.resolve(directory))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .map(Samples::source)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> directories(String directory) {
        try (Stream<Path> files = Files.list(ROOT.resolve(directory))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A class of a test's own. */
    static JavaFileObject source(String className, String text) {
        return JavaFileObjects.forSourceString(className, text);
    }

    /** A migration that nothing is wrong with. */
    static JavaFileObject migration(String className, long version) {
        int dot = className.lastIndexOf('.');
        return source(className, """
                package %s;

                import org.asyncmigrations.*;

                @AsyncMigration(version = %dL)
                @Idempotent(By.TRANSACTION)
                public final class %s implements DataMigration {
                    @Override
                    public void migrate(MigrationRun run) {}
                }
                """.formatted(className.substring(0, dot), version, className.substring(dot + 1)));
    }

    private static JavaFileObject source(Path file) {
        try {
            return JavaFileObjects.forResource(file.toUri().toURL());
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }
}
