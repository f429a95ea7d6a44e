package org.asyncmigrations.benchmarks.compile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.asyncmigrations.benchmarks.measure.Directories;
import org.asyncmigrations.benchmarks.measure.Jars;

/**
 * Prepares the ways of compiling one subject's sources.
 *
 * @param work where directories can be created
 * @param subject the processor and its sources
 * @param size how many annotated classes
 */
record Cases(Path work, Subject subject, int size) {
    private static final List<String> NO_PROCESSOR = List.of("-proc:none");

    Map<Case, Compile> withAndWithout() throws IOException {
        Path sources = Directories.filled(home().resolve("sources"), subject.sources(size));
        Map<Case, Compile> cases = new LinkedHashMap<>();
        add(cases, Case.WITHOUT, List.of(sources), NO_PROCESSOR);
        add(cases, Case.WITH, List.of(sources), processor());
        return cases;
    }

    /** {@return the same two, and more that show what javac needs for the additional sources, and for any processor at all} */
    Map<Case, Compile> ours(boolean withJournal) throws IOException, InterruptedException {
        Map<Case, Compile> cases = withAndWithout();
        Path sources = home().resolve("sources");
        Compile with = cases.get(key(Case.WITH));
        with.run();
        Path written = home().resolve("written");
        Directories.delete(written);
        Files.move(with.written(), written);
        add(cases, Case.WRITTEN_ALONG, List.of(sources, written), NO_PROCESSOR);
        add(
                cases,
                Case.IDLE,
                List.of(sources),
                List.of(
                        "-processorpath",
                        Jars.of(IdleProcessor.class.getName()),
                        "-processor",
                        IdleProcessor.class.getName()));
        if (withJournal) {
            addJournal(cases, sources);
        }
        return cases;
    }

    private void addJournal(Map<Case, Compile> cases, Path sources) throws IOException, InterruptedException {
        String journal = Files.writeString(home().resolve("journal"), "")
                .toAbsolutePath()
                .toString();
        String classes = cases.get(key(Case.WITH)).classes().toString();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String release = "org.asyncmigrations.processor.release.ReleaseCommand";
        List<String> command =
                new ArrayList<>(List.of(java, "-classpath", subject.processorPath(), release, "release"));
        command.addAll(List.of("--version", "1.0.0", "--classes", classes, "--journal", journal));
        if (new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(home().resolve("release").toFile())
                        .start()
                        .waitFor()
                != 0) {
            throw new IllegalStateException("the release must succeed: " + Files.readString(home().resolve("release")));
        }
        List<String> options = new ArrayList<>(processor());
        options.add("-Aasyncmigrations.journal=" + journal);
        add(cases, Case.JOURNAL, List.of(sources), options);
    }

    private List<String> processor() {
        return List.of("-processorpath", subject.processorPath());
    }

    private void add(Map<Case, Compile> cases, String name, List<Path> sources, List<String> options)
            throws IOException {
        cases.put(key(name), compile(name, sources, options));
    }

    private Compile compile(String name, List<Path> sources, List<String> options) throws IOException {
        Path directory = Files.createDirectories(home().resolve(name.replaceAll("\\W+", "-")));
        return new Compile(directory, sources, subject.classPath(), options);
    }

    private Case key(String name) {
        return new Case(subject.name(), size, name);
    }

    private Path home() {
        return work.resolve(subject.name() + "-" + size);
    }
}
