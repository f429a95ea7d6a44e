package org.asyncmigrations.benchmarks.compile;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Finds on the benchmark's own class path what the compiler is to be given. */
final class Jars {
    private Jars() {}

    /** The class path that has these classes. */
    static String of(String... classNames) {
        return Arrays.stream(classNames).map(Jars::jar).collect(Collectors.joining(File.pathSeparator));
    }

    private static String jar(String className) {
        try {
            Class<?> type = Class.forName(className, false, Jars.class.getClassLoader());
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new IllegalStateException(className + " must be on the class path", e);
        }
    }
}
