package org.asyncmigrations.example.threereleases.driver;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.asyncmigrations.example.threereleases.application.Server;
import org.jspecify.annotations.Nullable;

/** One process of one release. Used by one thread at a time. */
final class Instance {
    private static final String MAIN = "org.asyncmigrations.example.threereleases.Application";

    /** Much longer than a normal shutdown takes. */
    private static final long PATIENCE_SECONDS = 60;

    private final Release release;
    private final Process process;
    private final Path log;
    private final PrintStream requests;
    private final BufferedReader answers;

    private Instance(Release release, Process process, Path log) {
        this.release = release;
        this.process = process;
        this.log = log;
        this.requests = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Starts a process. Each release has its own classes; their dependencies are the same, and on this process's class path.
     *
     * @param release whose classes it has
     * @param arguments the application's arguments
     */
    static Instance start(Release release, List<String> arguments) throws IOException {
        Path classes = Path.of("..", release.folder(), "target", "classes");
        Path log = Files.createTempFile(release.folder() + "-", ".log");
        Stream<String> java = Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // Makes the JVM start faster, because this example starts many.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-Dorg.jooq.no-logo=true",
                "-Dorg.jooq.no-tips=true",
                "-classpath",
                classes + File.pathSeparator + System.getProperty("java.class.path"),
                MAIN);
        Process process = new ProcessBuilder(
                        Stream.concat(java, arguments.stream()).toList())
                .redirectError(log.toFile())
                .start();
        return new Instance(release, process, log);
    }

    Release release() {
        return release;
    }

    long pid() {
        return process.pid();
    }

    /** Waits until the process accepts requests. {@return false if it has ended instead} */
    boolean isReady() throws IOException {
        return Server.READY.equals(answers.readLine());
    }

    /** {@return the answer, null if the process is gone} */
    @Nullable
    String ask(String request) {
        requests.println(request);
        try {
            return answers.readLine();
        } catch (IOException gone) {
            return null;
        }
    }

    /** Ends the process as a platform does: no more requests, and time to close. {@return whether it ended normally} */
    boolean end() throws IOException, InterruptedException {
        requests.close();
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        boolean well = ended && process.exitValue() == 0;
        if (well) {
            Files.deleteIfExists(log);
        }
        return well;
    }

    /** Kills the process, as {@code kill -9} does. */
    void kill() throws IOException, InterruptedException {
        process.destroyForcibly().waitFor();
        Files.deleteIfExists(log);
    }

    /** {@return why it has ended, from its log} */
    String lastWords() throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.startsWith("Exception in thread"))
                    .map(line -> line.substring(line.indexOf(": ") + 2))
                    .findFirst()
                    .orElse("see " + log);
        }
    }

    @Override
    public String toString() {
        return Long.toString(pid());
    }
}
