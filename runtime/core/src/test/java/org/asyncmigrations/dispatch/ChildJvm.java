package org.asyncmigrations.dispatch;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;

/**
 * The command for a JVM that starts fast, with this JVM's class path, for tests. A shared archive of the libraries' classes,
 * created once, reduces a start from 1.6 to 0.7 seconds of CPU time. A JVM that can't use the archive runs without it. Thread-safe.
 */
public final class ChildJvm {
    private static final List<String> FAST = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx192m",
            "-Dorg.jooq.no-logo=true",
            "-Dorg.jooq.no-tips=true");

    private static Path archive;

    private ChildJvm() {}

    /**
     * {@return the command, which callers may extend}
     *
     * @param main the class whose {@code main} method runs
     */
    public static List<String> command(Class<?> main, List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(java(), "-XX:SharedArchiveFile=" + archive()));
        command.addAll(FAST);
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(), main.getName()));
        return command;
    }

    /** {@return this JVM's class path, directories last: an archive can't contain their classes} */
    private static String classPath() {
        return paths(true) + File.pathSeparator + paths(false);
    }

    private static String paths(boolean jars) {
        return String.join(
                File.pathSeparator,
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(path -> jars == path.endsWith(".jar"))
                        .toList());
    }

    private static String java() {
        return System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
    }

    private static synchronized Path archive() throws IOException, InterruptedException {
        if (archive == null) {
            int libraries = (paths(true) + System.getProperty("java.vm.version")).hashCode();
            Path file = Path.of("target", "children-" + Integer.toHexString(libraries) + ".jsa");
            // A test JVM that runs at the same time does the same.
            try (FileChannel lock = FileChannel.open(
                            Path.of(file + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var held = lock.lock()) {
                if (held.isValid() && !Files.exists(file)) {
                    make(file);
                }
            }
            archive = file;
        }
        return archive;
    }

    private static void make(Path file) throws IOException, InterruptedException {
        Path list = Path.of(file + ".classes");
        run(
                "-XX:DumpLoadedClassList=" + list,
                "-cp",
                classPath(),
                OneShot.class.getName(),
                "jdbc:h2:mem:children",
                "sa",
                "GOOD",
                "done",
                "PT2M");
        List<String> classes = new ArrayList<>(Files.readAllLines(list));
        for (String driver : List.of("postgresql", "mariadb-java-client")) {
            classes.addAll(classesOf(driver));
        }
        Files.write(list, classes);
        run("-Xshare:dump", "-XX:SharedClassListFile=" + list, "-XX:SharedArchiveFile=" + file, "-cp", paths(true));
    }

    private static List<String> classesOf(String artifact) throws IOException {
        String jar = Arrays.stream(paths(true).split(File.pathSeparator))
                .filter(path -> new File(path).getName().startsWith(artifact))
                .findAny()
                .orElseThrow();
        try (JarFile file = new JarFile(jar)) {
            return file.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(".class") && !name.contains("-"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .toList();
        }
    }

    private static void run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(FAST);
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + process.exitValue() + ": " + said);
        }
    }
}
