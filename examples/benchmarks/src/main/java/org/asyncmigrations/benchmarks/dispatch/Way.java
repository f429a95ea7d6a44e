package org.asyncmigrations.benchmarks.dispatch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One way to start, with a database in which everything is done.
 *
 * @param name its name in the table
 * @param startClass the name of its {@link Start}
 * @param classPath what an application that starts this way needs, and the measuring program
 * @param url the database
 * @param output where the output of its last JVM is kept
 */
record Way(String name, String startClass, String classPath, String url, Path output) {
    static final String OURS = "dispatch()";
    static final String FLYWAY = "Flyway";
    static final String LIQUIBASE = "Liquibase";
    static final String SELECT = "plain select";

    /** Measures one call in a new JVM. */
    Took cold() throws IOException, InterruptedException {
        return run(0, 1, Map.of());
    }

    /** Measures this number of calls in one JVM, after a quarter of that number to warm up. */
    Took warm(int calls) throws IOException, InterruptedException {
        return run(calls / 4, calls, Map.of());
    }

    /** Makes the very first start, which runs the migrations, including those after the release. */
    void migrate() throws IOException, InterruptedException {
        run(0, 1, Map.of("ASYNC_MIGRATIONS_MODE", "after"));
    }

    private Took run(int unheeded, int calls, Map<String, String> environment)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Nothing that is measured may depend on a remote server.
        command.add("-Dliquibase.analytics.enabled=false");
        // If a connection has been idle for half a second, the pool checks whether it is alive, which would add a
        // statement.
        command.add("-Dcom.zaxxer.hikari.aliveBypassWindowMs=600000");
        command.addAll(List.of("-classpath", classPath, MeasuredStart.class.getName(), startClass, url));
        command.addAll(List.of(String.valueOf(unheeded), String.valueOf(calls)));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().keySet().removeAll(List.of("MODE", "ASYNC_MIGRATIONS_MODE"));
        builder.environment().put("REDGATE_DISABLE_TELEMETRY", "true");
        builder.environment().putAll(environment);
        int status = builder.start().waitFor();
        List<String> lines = Files.readAllLines(output);
        if (status != 0) {
            throw new IllegalStateException(
                    "a start that is measured must succeed, but " + name + " said: " + String.join("\n", lines));
        }
        return took(lines);
    }

    private static Took took(List<String> lines) {
        List<String> figures = lines.stream()
                .filter(line -> line.startsWith(MeasuredStart.TOOK))
                .map(line -> line.substring(MeasuredStart.TOOK.length()))
                .toList();
        List<Double> making = new ArrayList<>();
        List<Double> held = new ArrayList<>();
        for (String call : figures.subList(0, figures.size() - 1)) {
            String[] nanos = call.split(" ");
            making.add(Long.parseLong(nanos[0]) / 1e6);
            held.add(Long.parseLong(nanos[1]) / 1e6);
        }
        return new Took(making, held, Long.parseLong(figures.get(figures.size() - 1)) / 1e9);
    }
}
