package org.asyncmigrations.processor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.JavaFileObject;

/**
 * A module that is compiled with a journal of its own, and without a warning where it can be compiled.
 *
 * @param journal where it is
 */
record JournaledModule(Path journal) {
    Compiled compile(List<JavaFileObject> sources, String... options) {
        return compile(List.of(new MigrationProcessor()), sources, options);
    }

    Compiled compile(List<Processor> processors, List<JavaFileObject> sources, String... options) {
        Stream<String> strict = Stream.of("-Xlint:all,-processing", "-Werror", "-Aasyncmigrations.journal=" + journal);
        return Compiled.with(
                processors, sources, Stream.concat(strict, Stream.of(options)).toArray(String[]::new));
    }

    Compiled release(String name, List<JavaFileObject> sources) {
        return compile(sources, "-Aasyncmigrations.release=" + name);
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
