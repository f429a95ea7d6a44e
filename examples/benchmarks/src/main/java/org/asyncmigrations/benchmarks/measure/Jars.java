package org.asyncmigrations.benchmarks.measure;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Finds jars for another JVM on the benchmark's own class path. */
public final class Jars {
    private Jars() {}

    /**
     * A class path that contains these classes.
     *
     * @param classNames one class of each jar or directory
     * @return their locations, in the form of {@code -classpath}
     * @throws IllegalStateException if one isn't on this JVM's class path
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
