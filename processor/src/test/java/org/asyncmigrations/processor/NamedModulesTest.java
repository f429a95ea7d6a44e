package org.asyncmigrations.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.asyncmigrations.MigrationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same with named modules, in which one package may not be in two of them. */
class NamedModulesTest {
    @TempDir
    Path directory;

    @Test
    void aNamedModuleIncludesOthersAndHasNoMarker() throws Exception {
        String runtime = runtime();
        Project billing = module("billing").with(Samples.migration("com.acme.billing.Close", 1));
        assertThat(build(billing, runtime)).isEmpty();
        Project stock = module("stock").with(Samples.migration("com.acme.stock.Count", 2));
        assertThat(build(stock, runtime)).isEmpty();
        Project shop = module("shop", "billing", "stock").write("com.acme.shop.package-info", """
                @org.asyncmigrations.AsyncMigrations(include = {
                    com.acme.billing.AsyncMigrationRegistry.class, com.acme.stock.AsyncMigrationRegistry.class})
                package com.acme.shop;
                """);
        assertThat(build(shop, runtime, billing, stock)).isEmpty();
        assertThat(shop.written().get("generated/com/acme/shop/AsyncMigrationRegistry.java"))
                .contains("close1()", "count()");
        assertThat(Stream.of(billing, stock, shop).flatMap(p -> p.written().keySet().stream()))
                .noneMatch(file -> file.contains("asyncmigrations/catalog"))
                .anyMatch(file -> file.contains("META-INF"));
    }

    @Test
    void aWarningIsSuppressedOnTheModule() throws IOException {
        Project billing = module("billing").with(Samples.migration("com.acme.billing.Close", 123456789));
        assertThat(build(billing, runtime())).contains("[ImplausibleTimestamp]");
        billing.write("module-info", "@SuppressWarnings(\"ImplausibleTimestamp\") " + billing.sourceOf("module-info"));
        assertThat(build(billing, runtime())).isEmpty();
    }

    /** They become automatic modules, and one package may not be in two modules. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void twoJarsWithoutModuleInfoAreOnOneModulePathIfTheyAreNotListed(boolean listed) throws Exception {
        String jars = automatic("billing", listed) + ":" + automatic("stock", listed);
        Project shop = module("shop", "billing", "stock").write("com.acme.shop.package-info", """
                @org.asyncmigrations.AsyncMigrations(include = {
                    com.acme.billing.AsyncMigrationRegistry.class, com.acme.stock.AsyncMigrationRegistry.class})
                package com.acme.shop;
                """);
        String said = build(shop, runtime() + ":" + jars);
        if (listed) {
            assertThat(said).contains("reads package org.asyncmigrations.catalog from both");
        } else {
            assertThat(said).isEmpty();
            assertThat(shop.written().get("generated/com/acme/shop/AsyncMigrationRegistry.java"))
                    .contains("stock.AsyncMigrationRegistry.catalog()");
        }
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
        String requires =
                Stream.of(required).map(r -> "requires com.acme." + r + ";\n").collect(Collectors.joining());
        return new Project(directory.resolve(name)).write("module-info", """
                module com.acme.%1$s {
                    requires org.asyncmigrations;
                    requires org.jooq;
                    requires java.sql;
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

    /** The runtime as a jar, for among modules a directory of classes has no name. */
    private String runtime() throws IOException {
        Path classes = Path.of(MigrationRegistry.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        if (!Files.isDirectory(classes)) {
            return classes.toString();
        }
        return jar(classes, "org.asyncmigrations");
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
