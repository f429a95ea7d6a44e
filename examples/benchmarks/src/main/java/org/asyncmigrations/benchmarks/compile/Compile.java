package org.asyncmigrations.benchmarks.compile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.asyncmigrations.benchmarks.measure.Directories;
import org.asyncmigrations.benchmarks.measure.Jars;

/**
 * One way to compile a set of sources.
 *
 * @param work a directory of its own, for classes and messages
 * @param sources the directories with the sources
 * @param classPath the class path for the compile
 * @param options javac's options, including those for processors
 */
record Compile(Path work, List<Path> sources, String classPath, List<String> options) {
    Cost run(String... jvmOptions) throws IOException, InterruptedException {
        Path classes = Directories.emptied(classes());
        Path written = Directories.emptied(work.resolve("written"));
        Path output = work.resolve("output");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(jvmOptions));
        command.addAll(List.of("-classpath", Jars.of(MeasuredJavac.class.getName()), MeasuredJavac.class.getName()));
        command.addAll(List.of("-d", classes.toString(), "-s", written.toString(), "-classpath", classPath));
        command.addAll(List.of("-g", "-encoding", "UTF-8"));
        command.addAll(options);
        command.add("@" + fileList());
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int status = process.waitFor();
        double wall = (System.nanoTime() - start) / 1e9;
        return cost(status, wall, Files.readString(output));
    }

    /** {@return where the processor writes its sources} */
    Path written() {
        return work.resolve("written");
    }

    /** {@return where the compiler writes its classes} */
    Path classes() {
        return work.resolve("classes");
    }

    private static Cost cost(int status, double wall, String output) {
        if (status != 0) {
            throw new IllegalStateException("a compile that is measured must succeed, but said: " + output);
        }
        String[] figures = output.substring(output.stripTrailing().lastIndexOf('\n') + 1)
                .strip()
                .split(" ");
        return new Cost(
                wall, Double.parseDouble(figures[0]), Double.parseDouble(figures[1]), Double.parseDouble(figures[2]));
    }

    /** Created for each run, as build tools do. */
    private Path fileList() throws IOException {
        String files = sources.stream()
                .flatMap(Compile::javaFiles)
                .map(file -> "\"" + file.toString().replace('\\', '/') + "\"\n")
                .collect(Collectors.joining());
        return Files.writeString(work.resolve("files"), files, StandardCharsets.UTF_8);
    }

    private static Stream<Path> javaFiles(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".java")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
