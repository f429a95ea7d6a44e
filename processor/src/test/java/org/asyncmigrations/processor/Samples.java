package org.asyncmigrations.processor;

import com.google.testing.compile.JavaFileObjects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;

/** The sources that tests compile: {@code good}, {@code bad} and {@code expected} among the test resources. */
final class Samples {
    private static final Path ROOT = Path.of("src/test/resources");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^(?:@\\S+ )?package ([\\w.]+);");

    private static final Pattern LINK = Pattern.compile(" \\(FINDINGS\\.md#[a-z]+\\)");

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

    /** The options of a sample, with the path of its journal for {@code JOURNAL}; those of every sample where it has none. */
    static String[] options(String directory, Path journal) {
        Path options = ROOT.resolve(directory).resolve("options.txt");
        if (Files.exists(options)) {
            return text(directory + "/options.txt")
                    .replace("JOURNAL", journal.toString())
                    .split("\n");
        }
        return Files.exists(journal)
                ? new String[] {"-Xlint:all,-processing", "-Aasyncmigrations.journal=" + journal}
                : new String[] {"-Xlint:all,-processing"};
    }

    /** Diagnostics without the link of each, and with {@code NOW} for the time of the compile. */
    static String pinned(String diagnostics) {
        return LINK.matcher(diagnostics).replaceAll("").replaceAll("(current UTC time, )\\d{8}_\\d{6}L", "$1NOW");
    }

    /** Puts a sample's journal where it may be written: a file, a directory, a link that leads nowhere, or nothing. */
    static void copyJournal(String directory, Path journal) throws IOException {
        Path sample = ROOT.resolve(directory).resolve("journal");
        Path link = ROOT.resolve(directory).resolve("journal.link");
        if (Files.exists(sample)) {
            Files.copy(sample, journal);
        } else if (Files.exists(link)) {
            Files.createSymbolicLink(journal, Path.of(Files.readString(link).strip()));
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

    /** The full name of the class in a source, by the package that it declares. */
    static String name(JavaFileObject source) {
        Matcher declared = PACKAGE.matcher(text(source));
        String path = source.getName();
        String simpleName = path.substring(path.lastIndexOf('/') + 1).replace(".java", "");
        return declared.find() ? declared.group(1) + "." + simpleName : simpleName;
    }

    static String text(JavaFileObject source) {
        try {
            return source.getCharContent(false).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JavaFileObject source(Path file) {
        try {
            return JavaFileObjects.forResource(file.toUri().toURL());
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }
}
