package org.asyncmigrations.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Creates and deletes directories for a benchmark. */
public final class Directories {
    private Directories() {}

    /**
     * Creates an empty directory, whatever was there.
     *
     * @param directory where
     * @return the directory
     * @throws IOException if the file system refuses
     */
    public static Path emptied(Path directory) throws IOException {
        delete(directory);
        return Files.createDirectories(directory);
    }

    /**
     * Deletes a directory and everything in it, if it exists.
     *
     * @param directory which one
     * @throws IOException if the file system refuses
     */
    public static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        }
    }

    /**
     * Writes texts into an emptied directory.
     *
     * @param directory where
     * @param texts the texts by the names of their files, relative to the directory
     * @return the directory
     * @throws IOException if the file system refuses
     */
    public static Path filled(Path directory, Map<String, String> texts) throws IOException {
        emptied(directory);
        for (Map.Entry<String, String> text : texts.entrySet()) {
            Path file = directory.resolve(text.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, text.getValue());
        }
        return directory;
    }
}
