package org.asyncmigrations.archetype;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A local repository of our own with this build's modules, as `install` would put them there: so that nothing has to be installed
 * into the user's for a generated project to be tried.
 */
final class UnderTest {
    static final String VERSION = System.getProperty("archetype.version");
    static final Path REPOSITORY = Path.of("target", "local-repository").toAbsolutePath();
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private UnderTest() {}

    static void provide() throws IOException {
        put("async-migrations", ROOT, "pom.xml", false);
        put("async-migrations-runtime-parent", ROOT.resolve("runtime"), "pom.xml", false);
        put("async-migrations-runtime", ROOT.resolve("runtime/core"), "pom.xml", true);
        put("async-migrations-testing", ROOT.resolve("runtime/testing"), "pom.xml", true);
        put("async-migrations-jooq-codegen", ROOT.resolve("runtime/jooq-codegen"), "pom.xml", true);
        put("async-migrations-micrometer", ROOT.resolve("runtime/micrometer"), "pom.xml", true);
        put("async-migrations-console", ROOT.resolve("runtime/console"), "pom.xml", true);
        put("async-migrations-spring-boot", ROOT.resolve("runtime/spring-boot"), "pom.xml", true);
        put("async-migrations-spring-boot-starter", ROOT.resolve("runtime/spring-boot-starter"), "pom.xml", true);
        put("async-migrations-cli", ROOT.resolve("runtime/cli"), "dependency-reduced-pom.xml", true);
        put("async-migrations-processor", ROOT.resolve("processor"), "dependency-reduced-pom.xml", true);
        put("async-migrations-archetype", ROOT.resolve("archetype"), "pom.xml", true);
    }

    private static void put(String artifact, Path module, String pom, boolean jar) throws IOException {
        Path directory = Files.createDirectories(
                REPOSITORY.resolve("org/asyncmigrations").resolve(artifact).resolve(VERSION));
        String name = artifact + "-" + VERSION;
        copy(module.resolve(pom), directory.resolve(name + ".pom"));
        if (jar) {
            copy(module.resolve("target").resolve(name + ".jar"), directory.resolve(name + ".jar"));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.deleteIfExists(to);
        Files.copy(from, to);
    }

    /** What this build has fetched, as a repository that a project asks before all others. */
    static String repositories() {
        return """
                  <repositories>
                    <repository>%1$s</repository>
                  </repositories>
                  <pluginRepositories>
                    <pluginRepository>%1$s</pluginRepository>
                  </pluginRepositories>
                """.formatted("<id>fetched</id><url>"
                + Path.of(System.getProperty("archetype.fetched")).toUri()
                + "</url><releases><checksumPolicy>ignore</checksumPolicy></releases>"
                + "<snapshots><enabled>false</enabled></snapshots>");
    }
}
