package org.asyncmigrations.processor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.JavaFileObject;
import org.asyncmigrations.processor.release.ReleaseCommand;

/**
 * A module that is compiled with a journal of its own, and without a warning where it can be compiled.
 *
 * @param journal where it is
 */
record JournaledModule(Path journal) {
    /** Without a line. */
    static JournaledModule empty(Path journal) throws IOException {
        Files.createDirectories(journal.getParent());
        return new JournaledModule(journal).write("");
    }

    Compiled compile(List<JavaFileObject> sources, String... options) {
        return compile(List.of(new MigrationProcessor()), sources, options);
    }

    Compiled compile(List<Processor> processors, List<JavaFileObject> sources, String... options) {
        Stream<String> strict = Stream.of("-Xlint:all,-processing", "-Werror", "-Aasyncmigrations.journal=" + journal);
        return Compiled.with(
                processors, sources, Stream.concat(strict, Stream.of(options)).toArray(String[]::new));
    }

    /** What the release of a compile says, behind its exit code. */
    String release(String name, List<JavaFileObject> sources) {
        return release(build(sources).classes(), "--version", name);
    }

    /** A compile with the journal, whatever it says, whose classes can be released. */
    Project build(List<JavaFileObject> sources) {
        try {
            Project project = new Project(Files.createTempDirectory(journal.getParent(), "module"));
            sources.forEach(project::with);
            project.build("-Aasyncmigrations.journal=" + journal);
            return project;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a release says, behind its exit code. */
    String release(Path classes, String... options) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        Stream<String> where = Stream.of("release", "--classes", classes.toString(), "--journal", journal.toString());
        int exit = ReleaseCommand.run(
                out, out, Stream.concat(where, Stream.of(options)).toArray(String[]::new));
        return exit + " "
                + said.toString(StandardCharsets.UTF_8)
                        .replace(journal.toString(), "JOURNAL")
                        .replace(classes.toString(), "CLASSES");
    }

    /** What is said, without the directory of the test. */
    String findings(List<JavaFileObject> sources, String... options) {
        return compile(sources, options).diagnostics().replace(journal.toString(), "JOURNAL");
    }

    String text() throws IOException {
        return Files.readString(journal);
    }

    JournaledModule write(String text) throws IOException {
        Files.writeString(journal, text);
        return this;
    }
}
