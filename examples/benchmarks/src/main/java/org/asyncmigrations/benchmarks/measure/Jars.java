package org.asyncmigrations.benchmarks.measure;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Finds on the benchmark's own class path what another JVM is to be given. */
public final class Jars {
    private Jars() {}

    /**
     * The class path that has these classes.
     *
     * @param classNames one class of each jar or directory
     * @return their places, as {@code -classpath} takes them
     * @throws IllegalStateException where one is not on this JVM's class path
     */
    public static String of(String... classNames) {
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
