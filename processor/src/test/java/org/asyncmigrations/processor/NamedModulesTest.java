package org.asyncmigrations.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.asyncmigrations.MigrationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same with named modules, in which one package may not be in two of them. */
class NamedModulesTest {
    /** What any module may use. A new package is closed, unless users, generated code or operators' tools must name its types. */
    private static final Set<String> API = Set.of(
            "org.asyncmigrations",
            "org.asyncmigrations.dispatch",
            "org.asyncmigrations.operator",
            "org.asyncmigrations.release",
            "org.asyncmigrations.state",
            "org.asyncmigrations.throttle");

    private static final Set<String> CLOSED = Set.of(
            "org.asyncmigrations.batch",
            "org.asyncmigrations.product",
            "org.asyncmigrations.schema",
            "org.asyncmigrations.session",
            "org.asyncmigrations.sql");

    private static final Pattern ERROR =
            Pattern.compile("(?m)^Reader\\.java:\\d+: error: package (\\S+) is not visible$");

    private static final String RUNTIME = MigrationRegistry.class
            .getProtectionDomain()
            .getCodeSource()
            .getLocation()
            .getPath();

    /** What the runtime brings to an application, a logging backend and a database. */
    private static final String BROUGHT = Stream.of(
                    System.getProperty("java.class.path").split(":"))
            .filter(jar ->
                    jar.matches(".*/(jooq|slf4j-api|slf4j-nop|r2dbc-spi|reactive-streams|jspecify|h2)-\\d[^/]*\\.jar"))
            .collect(Collectors.joining(":"));

    @TempDir
    Path directory;

    @Test
    void aNamedModuleIncludesOthersAndHasNoMarker() throws Exception {
        Project billing = module("billing").with(Samples.migration("com.acme.billing.Close", 1));
        assertThat(build(billing, RUNTIME)).isEmpty();
        Project stock = module("stock").with(Samples.migration("com.acme.stock.Count", 2));
        assertThat(build(stock, RUNTIME)).isEmpty();
        Project shop = module("shop", "com.acme.billing", "com.acme.stock").write("com.acme.shop.package-info", """
                @org.asyncmigrations.AsyncMigrations(include = {
                    com.acme.billing.AsyncMigrationRegistry.class, com.acme.stock.AsyncMigrationRegistry.class})
                package com.acme.shop;
                """);
        assertThat(build(shop, RUNTIME, billing, stock)).isEmpty();
        assertThat(shop.written().get("generated/com/acme/shop/AsyncMigrationRegistry.java"))
                .contains("close1()", "count()");
        assertThat(Stream.of(billing, stock, shop).flatMap(p -> p.written().keySet().stream()))
                .noneMatch(file -> file.contains("asyncmigrations/catalog"))
                .anyMatch(file -> file.contains("META-INF"));
    }

    @Test
    void aWarningIsSuppressedOnTheModule() throws IOException {
        Project billing = module("billing").with(Samples.migration("com.acme.billing.Close", 123456789));
        assertThat(build(billing, RUNTIME)).contains("[ImplausibleTimestamp]");
        billing.write("module-info", "@SuppressWarnings(\"ImplausibleTimestamp\") " + billing.sourceOf("module-info"));
        assertThat(build(billing, RUNTIME)).isEmpty();
    }

    /** They become automatic modules, and one package may not be in two modules. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void twoJarsWithoutModuleInfoAreOnOneModulePathIfTheyAreNotListed(boolean listed) throws Exception {
        String jars = automatic("billing", listed) + ":" + automatic("stock", listed);
        Project shop = module("shop", "com.acme.billing", "com.acme.stock").write("com.acme.shop.package-info", """
                @org.asyncmigrations.AsyncMigrations(include = {
                    com.acme.billing.AsyncMigrationRegistry.class, com.acme.stock.AsyncMigrationRegistry.class})
                package com.acme.shop;
                """);
        String said = build(shop, RUNTIME + ":" + jars);
        if (listed) {
            assertThat(said).contains("reads package org.asyncmigrations.catalog from both");
        } else {
            assertThat(said).isEmpty();
            assertThat(shop.written().get("generated/com/acme/shop/AsyncMigrationRegistry.java"))
                    .contains("stock.AsyncMigrationRegistry.catalog()");
        }
    }

    @Test
    void theOtherPackagesOfTheRuntimeAreClosed() throws Exception {
        Map<String, String> classes = publicClasses();
        assertThat(classes)
                .containsOnlyKeys(Stream.concat(API.stream(), CLOSED.stream()).toList());
        Project reader = module("reader").write("com.acme.reader.Reader", """
                package com.acme.reader;
                class Reader {
                    final Class<?>[] read = {
                %s
                    };
                }
                """.formatted(
                        classes.values().stream().map(name -> name + ".class").collect(Collectors.joining(",\n"))));

        String said = build(reader, RUNTIME);

        assertThat(ERROR.matcher(said).results().map(found -> found.group(1)))
                .containsExactlyInAnyOrderElementsOf(CLOSED);
        assertThat(said.lines().filter(line -> line.contains("error: "))).hasSameSizeAs(CLOSED);
    }

    /** In a JVM of its own, which has only what the module needs: no Flight Recorder, and no library of these tests. */
    @Test
    void anApplicationRunsOnTheModulePath() throws Exception {
        Project shop = module("shop", "com.h2database", "java.naming")
                .write("com.acme.shop.Fill", """
                        package com.acme.shop;
                        import org.asyncmigrations.*;
                        @AsyncMigration(version = 1)
                        @Idempotent(By.TRANSACTION)
                        final class Fill implements DataMigration {
                            @Override
                            public void migrate(MigrationRun run) {
                                run.execute("update t set a = 2 where a = 1");
                            }
                        }
                        """)
                .write("com.acme.shop.Main", """
                        package com.acme.shop;
                        import java.time.Duration;
                        import org.asyncmigrations.Dispatch;
                        import org.h2.jdbcx.JdbcDataSource;
                        public final class Main {
                            public static void main(String[] arguments) throws Exception {
                                JdbcDataSource source = new JdbcDataSource();
                                source.setURL("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1");
                                try (var connection = source.getConnection(); var statement = connection.createStatement();
                                        var registry = AsyncMigrationRegistry.builder(source).build()) {
                                    statement.execute("create table t as select 1 as a");
                                    Dispatch.Outcome outcome = registry.dispatch().awaitDone(Duration.ofMinutes(1));
                                    var row = statement.executeQuery("select a from t");
                                    row.next();
                                    System.out.print(outcome + " " + row.getInt(1) + " " + Main.class.getModule()
                                            + " " + Dispatch.class.getModule()
                                            + " " + ModuleLayer.boot().findModule("jdk.jfr").isPresent());
                                }
                            }
                        }
                        """);
        assertThat(build(shop, RUNTIME)).isEmpty();

        assertThat(run(RUNTIME + ":" + shop.classes() + ":" + BROUGHT, "com.acme.shop/com.acme.shop.Main"))
                .isEqualTo("DONE 2 module com.acme.shop module org.asyncmigrations false");
    }

    /** One public class of each package of the runtime, by the package. */
    private static Map<String, String> publicClasses() throws Exception {
        Map<String, String> classes = new TreeMap<>();
        ModuleReference runtime =
                ModuleFinder.of(Path.of(RUNTIME)).find("org.asyncmigrations").orElseThrow();
        try (ModuleReader reader = runtime.open()) {
            for (String file : reader.list()
                    .filter(name -> name.matches("org/.*/[A-Z]\\w*\\.class"))
                    .toList()) {
                Class<?> type = Class.forName(file.replace(".class", "").replace('/', '.'));
                if (Modifier.isPublic(type.getModifiers())) {
                    classes.put(type.getPackageName(), type.getName());
                }
            }
        }
        return classes;
    }

    /** What a program prints that runs on a module path. */
    private String run(String modulePath, String main) throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path printed = directory.resolve("printed");
        Process process = new ProcessBuilder(
                        java.toString(), "-p", modulePath, "--limit-modules", "com.acme.shop,org.slf4j.nop", "-m", main)
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        process.waitFor();
        return Files.readString(printed);
    }

    private String automatic(String name, boolean listed) throws IOException {
        Project project = new Project(directory.resolve(name))
                .with(Samples.migration("com.acme." + name + ".Own", name.length()))
                .write(
                        "com.acme." + name + ".package-info",
                        "@org.asyncmigrations.AsyncMigrations(listed = " + listed + ") package com.acme." + name + ";");
        assertThat(project.build()).isEmpty();
        return jar(project.classes(), "com.acme." + name);
    }

    private Project module(String name, String... required) {
        String requires = Stream.of(required).map(r -> "requires " + r + ";\n").collect(Collectors.joining());
        return new Project(directory.resolve(name)).write("module-info", """
                module com.acme.%1$s {
                    requires org.asyncmigrations;
                    %2$s
                    exports com.acme.%1$s;
                }
                """.formatted(name, requires));
    }

    private static String build(Project project, String runtime, Project... others) {
        String path = Stream.concat(
                        Stream.of(runtime),
                        Stream.of(others).map(other -> other.classes().toString()))
                .collect(Collectors.joining(":"));
        return project.build("-p", path + ":" + System.getProperty("java.class.path"));
    }

    private String jar(Path classes, String moduleName) throws IOException {
        Path jar = directory.resolve(moduleName + ".jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Automatic-Module-Name"), moduleName);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (Path file : Project.files(classes)) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
        return jar.toString();
    }
}
