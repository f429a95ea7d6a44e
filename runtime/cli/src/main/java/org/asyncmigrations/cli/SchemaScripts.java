package org.asyncmigrations.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The scripts that are released, in their order. */
final class SchemaScripts {
    private static final Pattern NO_DIGITS = Pattern.compile("\\D+");

    private SchemaScripts() {}

    /**
     * A dump, or all scripts of a directory that are not among these; Flyway's undo scripts left out, its repeatable ones last.
     *
     * @throws IllegalArgumentException if there is none
     */
    static List<Path> in(Path path, List<Path> notReleased) {
        if (Files.isRegularFile(path)) {
            return List.of(path);
        } else if (!Files.isDirectory(path)) {
            throw new IllegalArgumentException("there is no file or directory " + path);
        }
        Set<Path> others = notReleased.stream().map(SchemaScripts::real).collect(Collectors.toSet());
        try (Stream<Path> files = Files.walk(path)) {
            List<Path> scripts = files.filter(
                            file -> name(file).endsWith(".sql") && !name(file).matches("U[\\d_.]+__.*"))
                    .filter(file -> !others.contains(real(file)))
                    .sorted(Comparator.<Path, Boolean>comparing(
                                    file -> name(file).startsWith("R__"))
                            .thenComparing(SchemaScripts::numbers, Arrays::compare)
                            .thenComparing(SchemaScripts::name))
                    .toList();
            if (scripts.isEmpty()) {
                throw new IllegalArgumentException("there is no released script in " + path);
            }
            return scripts;
        } catch (IOException | UncheckedIOException problem) {
            throw new IllegalArgumentException("the directory " + path + " cannot be read", problem);
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    /** The numbers in a name, up to its description: V9 comes before V10. */
    private static BigInteger[] numbers(Path file) {
        return NO_DIGITS
                .splitAsStream(name(file).split("__", 2)[0])
                .filter(digits -> !digits.isEmpty())
                .map(BigInteger::new)
                .toArray(BigInteger[]::new);
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
