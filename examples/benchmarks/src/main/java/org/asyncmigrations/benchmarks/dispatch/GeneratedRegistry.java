package org.asyncmigrations.benchmarks.dispatch;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.asyncmigrations.benchmarks.compile.Migrations;
import org.asyncmigrations.benchmarks.measure.Directories;
import org.asyncmigrations.benchmarks.measure.Jars;

/**
 * This project: the migrations of the compile benchmark, with their generated registry.
 *
 * @param work a directory of its own
 * @param count how many migrations
 */
record GeneratedRegistry(Path work, int count) {
    static final String START = "com.acme.DispatchStart";

    /** As in the README. Only the very first start waits here until the migrations are done. */
    private static final String START_SOURCE = """
            package com.acme;

            import java.time.Clock;
            import javax.sql.DataSource;
            import org.asyncmigrations.Dispatch;
            import org.asyncmigrations.benchmarks.dispatch.Start;

            public final class DispatchStart implements Start {
                @Override
                public Caller caller(DataSource pool) {
                    AsyncMigrationRegistry migrations = AsyncMigrationRegistry.builder(
                                    pool, Clock::systemUTC)
                            .build();
                    return new Caller() {
                        private Dispatch dispatch;

                        @Override
                        public void call() {
                            dispatch = migrations.dispatch();
                        }

                        @Override
                        public void end() throws InterruptedException {
                            try (migrations) {
                                if (dispatch.await() != Dispatch.Outcome.DONE) {
                                    throw new IllegalStateException(dispatch.message());
                                }
                            }
                        }
                    };
                }
            }
            """;

    /** {@return the class path of an application with the compiled migrations} */
    String compiled() throws IOException {
        Migrations migrations = new Migrations();
        Map<String, String> texts = new TreeMap<>(migrations.sources(count));
        texts.put("com/acme/DispatchStart.java", START_SOURCE);
        Path sources = Directories.filled(work.resolve("sources"), texts);
        Path classes = Directories.emptied(work.resolve("classes"));
        String libraries = migrations.classPath();
        List<String> arguments = new ArrayList<>(List.of("-nowarn", "-encoding", "UTF-8", "-d", classes.toString()));
        arguments.addAll(List.of("-processorpath", migrations.processorPath()));
        arguments.addAll(
                List.of("-classpath", libraries + File.pathSeparator + Jars.of(MeasuredStart.class.getName())));
        arguments.addAll(javaFiles(sources));
        if (ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)) != 0) {
            throw new IllegalStateException("the migrations that are to be done must compile");
        }
        return classes + File.pathSeparator + libraries;
    }

    private static List<String> javaFiles(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".java"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
