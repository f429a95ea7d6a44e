package org.asyncmigrations.example.shop.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;

/** A process of one release: {@code java -jar shop-2.jar}. */
final class Instance {
    private static final Pattern SERVES = Pattern.compile("Tomcat started on port (\\d+)[^$]*Started ShopApplication");
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final int release;
    private final Process process;
    private final Path log;
    private RestClient http = RestClient.create();

    private Instance(int release, Process process, Path log) {
        this.release = release;
        this.process = process;
        this.log = log;
    }

    /** Starts a process, and waits until it serves requests or has ended. */
    static Instance start(int release, String url, Duration settle) throws Exception {
        Path log = Files.createTempFile("shop-" + release + "-", ".log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        // Makes the JVM start faster on a small machine.
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "-jar",
                        Path.of("..", "release-" + release, "target", "shop-" + release + ".jar").toString(),
                        "--server.port=0",
                        "--spring.datasource.url=" + url,
                        "--spring.datasource.username=postgres",
                        "--async-migrations.settle-time=" + settle.toMillis() + "ms",
                        "--async-migrations.poll-every=200ms")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Instance instance = new Instance(release, process, log);
        Wait.until("release " + release + " serves", PATIENCE, () -> instance.serves() || !process.isAlive());
        return instance;
    }

    private boolean serves() throws IOException {
        Matcher serves = SERVES.matcher(Files.readString(log));
        if (!serves.find()) {
            return false;
        }
        http = RestClient.create("http://localhost:" + serves.group(1));
        return true;
    }

    int release() {
        return release;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** {@return a client for its requests} */
    RestClient http() {
        return http;
    }

    /** {@return the migrations that its endpoint shows} */
    List<JsonNode> migrations() {
        return List.copyOf(http.get()
                .uri("/actuator/asyncmigrations")
                .retrieve()
                .body(JsonNode.class)
                .findValue("migrations")
                .values());
    }

    /** {@return the status that its health contributor shows} */
    String health() {
        return http.get().uri("/actuator/health/asyncMigrations").retrieve().body(String.class);
    }

    /** Ends the process as a platform does: it answers the requests that it has begun. */
    void end() throws Exception {
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("release " + release + " does not end; see " + log);
        }
        Files.delete(log);
    }

    /** {@return why it did not start, from its log} */
    String lastWords() throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.dropWhile(line -> !line.startsWith("Description:"))
                    .skip(2)
                    .findFirst()
                    .orElse("see " + log);
        }
    }
}
