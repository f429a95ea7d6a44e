package org.asyncmigrations.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/** Finds the catalogs of a build in any packaging. It runs and loads none of the build's code. */
final class CatalogFinder {
    private static final String CATALOG = "META-INF/async-migrations/catalog";

    /** The roots of classes, in a directory or in an unpacked archive. */
    private static final List<String> ROOTS = List.of("", "BOOT-INF/classes/", "WEB-INF/classes/");

    /** The depth of {@code lib/main/some.jar}, in frameworks' unpacked layouts. */
    private static final int DEPTH = 3;

    /** Room for a hundred thousand migrations. A larger file isn't a catalog, but a zip bomb. */
    private static final int MOST_BYTES = 16 << 20;

    /** Deeper than anyone nests jars. */
    private static final int MOST_NESTED = 8;

    private final Map<String, String> texts = new LinkedHashMap<>();

    private CatalogFinder() {}

    /**
     * Reads all catalogs.
     *
     * @param path a jar, a war, or a directory of classes or of jars
     * @return the catalogs' texts by their places; at least one
     * @throws IllegalArgumentException if the path isn't a build; the message is a sentence for people
     */
    static Map<String, String> in(Path path) {
        CatalogFinder finder = new CatalogFinder();
        try {
            if (path.toString().isEmpty()) {
                // An empty path would mean the current directory; most likely a variable isn't set.
                throw new IllegalArgumentException("the name of the build is empty");
            }
            if (Files.isDirectory(path)) {
                finder.directory(path);
            } else if (Files.exists(path)) {
                finder.archive(path);
            } else {
                throw new IllegalArgumentException(
                        "there is no " + path + "; name the jar, the war or the directory of classes of a build");
            }
        } catch (UncheckedIOException | IOException problem) {
            throw new IllegalArgumentException(path + " cannot be read: " + problem.getMessage(), problem);
        }
        if (finder.texts.isEmpty()) {
            throw new IllegalArgumentException("there is no " + CATALOG + " in " + path
                    + "; name what was compiled with the processor of async-migrations");
        }
        return finder.texts;
    }

    private void directory(Path directory) throws IOException {
        for (String root : ROOTS) {
            Path catalog = directory.resolve(root + CATALOG);
            if (Files.isRegularFile(catalog)) {
                try (InputStream in = Files.newInputStream(catalog)) {
                    texts.put(catalog.toString(), text(in));
                }
            }
        }
        // Links to jars and to the directory itself are followed. Links within it may form a cycle.
        try (Stream<Path> files = Files.find(
                directory.toRealPath(),
                DEPTH,
                (file, attributes) -> isArchive(file.toString()) && Files.isRegularFile(file))) {
            for (Path file : files.sorted().toList()) {
                archive(file);
            }
        }
    }

    /** Opens the file instead of streaming it, since an executable jar may have a script before its entries. */
    private void archive(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                try (InputStream in = zip.getInputStream(entry)) {
                    read(in, entry.getName(), file.toString(), 1);
                }
            }
        } catch (ZipException problem) {
            throw new IllegalArgumentException(
                    file + " is neither a jar or a war nor a directory of classes, or it is damaged", problem);
        }
    }

    private static String text(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new IOException("its catalog is larger than 16 MB");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private void read(InputStream in, String entry, String place, int nested) throws IOException {
        if (entry.equals(CATALOG) || entry.endsWith("/" + CATALOG)) {
            texts.put(place + "!/" + entry, text(in));
        } else if (isArchive(entry)) {
            if (nested > MOST_NESTED) {
                throw new IOException("it has jars inside jars, more than " + MOST_NESTED + " deep");
            }
            ZipInputStream unpacked = new ZipInputStream(in);
            for (ZipEntry next = unpacked.getNextEntry(); next != null; next = unpacked.getNextEntry()) {
                read(unpacked, next.getName(), place + "!/" + entry, nested + 1);
            }
        }
    }

    private static boolean isArchive(String name) {
        return name.endsWith(".jar") || name.endsWith(".war");
    }
}
