package org.asyncmigrations.archetype;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/** A project as it came out of the archetype. */
record Generated(Path directory) {
    /** What `mvn archetype:generate` says to these properties, in that directory. */
    static Maven.Run run(Path directory, String... properties) throws IOException, InterruptedException {
        UnderTest.provide();
        // The command is the user's; this pom only says where its plugin is fetched from.
        Path launch = Files.createDirectories(UnderTest.REPOSITORY.resolveSibling("launch"));
        Files.writeString(launch.resolve("pom.xml"), """
                <project>
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>launch</groupId>
                  <artifactId>launch</artifactId>
                  <version>1</version>
                  <packaging>pom</packaging>
                %s</project>
                """.formatted(UnderTest.repositories()));
        List<String> command = List.of(
                "org.apache.maven.plugins:maven-archetype-plugin:" + System.getProperty("archetype.plugin")
                        + ":generate",
                "-DarchetypeCatalog=local",
                "-DarchetypeGroupId=org.asyncmigrations",
                "-DarchetypeArtifactId=async-migrations-archetype",
                "-DarchetypeVersion=" + UnderTest.VERSION,
                "-DoutputDirectory=" + directory);
        return new Maven(launch)
                .run(
                        Map.of(),
                        Stream.concat(command.stream(), Stream.of(properties)).toArray(String[]::new));
    }

    /** The project, in a directory of its name, with the same repositories as this build. */
    static Generated of(Path directory, String framework, String database, String artifactId, String packageName)
            throws IOException, InterruptedException {
        Maven.Run run = run(
                directory,
                "-Dframework=" + framework,
                "-Ddatabase=" + database,
                "-DgroupId=com.acme",
                "-DartifactId=" + artifactId,
                "-Dpackage=" + packageName);
        Generated project = new Generated(directory.resolve(artifactId));
        if (run.exit() != 0 || !Files.exists(project.directory) || run.output().contains("override file")) {
            throw new IllegalStateException(run.output());
        }
        String repositories = Matcher.quoteReplacement(UnderTest.repositories());
        project.edit("pom.xml", pom -> pom.replaceFirst("(?=  <properties>)", repositories));
        return project;
    }

    Maven.Run maven(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        return new Maven(directory).run(environment, arguments);
    }

    Maven.Run java(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        return new Maven(directory).java(environment, arguments);
    }

    Maven.Run commandLine(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        return new Maven(directory).script(environment, "async-migrations", arguments);
    }

    /** The libraries of the production class path. */
    List<String> libraries() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("target/lib"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    String read(String file) throws IOException {
        return Files.readString(directory.resolve(file));
    }

    void edit(String file, UnaryOperator<String> change) throws IOException {
        String before = read(file);
        String after = change.apply(before);
        if (after.equals(before)) {
            throw new IllegalArgumentException("nothing was changed in " + file);
        }
        Files.writeString(directory.resolve(file), after);
    }
}
