package org.asyncmigrations.archetype;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A Maven of its own, in a directory, as a user would start it. */
record Maven(Path directory) {
    private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");

    /** What it said, and how it ended. */
    record Run(int exit, String output) {}

    Run run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        return process(environment, command(arguments));
    }

    /** Another program in the same directory. */
    Run java(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(arguments));
        return process(environment, command);
    }

    /** A script of the project's, whose name has an ending on Windows. */
    Run script(Map<String, String> environment, String name, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(directory.resolve(WINDOWS ? name + ".cmd" : name).toString()));
        command.addAll(List.of(arguments));
        return process(environment, command);
    }

    private Run process(Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Path log = Files.createTempFile("maven", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        Map<String, String> variables = builder.environment();
        variables.put("JAVA_HOME", System.getProperty("java.home"));
        // It lives for seconds: not worth the second compiler.
        variables.merge("MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC", (old, more) -> old + " " + more);
        variables.keySet().removeAll(List.of("MODE", "ASYNC_MIGRATIONS_MODE", "MAVEN_ARGS", "DATABASE_URL"));
        variables.putAll(environment);
        Process process = builder.start();
        try {
            if (!process.waitFor(15, TimeUnit.MINUTES)) {
                process.destroyForcibly().waitFor();
            }
            return new Run(process.exitValue(), Files.readString(log, StandardCharsets.UTF_8));
        } finally {
            Files.delete(log);
        }
    }

    private static List<String> command(String... arguments) {
        Path program = Path.of(System.getProperty("maven.home"), "bin", WINDOWS ? "mvn.cmd" : "mvn");
        List<String> command = new ArrayList<>(List.of(program.toString(), "-B", "-ntp", "-Dstyle.color=never"));
        command.add("-Dmaven.repo.local=" + UnderTest.REPOSITORY);
        if (System.getProperty("archetype.offline").endsWith("true")) {
            command.addAll(List.of("-o", "-Daether.offline.protocols=file"));
        }
        command.addAll(List.of(arguments));
        return command;
    }
}
