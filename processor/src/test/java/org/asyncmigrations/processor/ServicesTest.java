package org.asyncmigrations.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.JavaFileObject;
import org.asyncmigrations.dispatch.MigrationCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What migrations are made with is told apart by names, and cannot be mixed up. */
class ServicesTest {
    private static final String[] STRICT = {"-Xlint:all,-processing", "-Werror"};

    @TempDir
    private Path directory;

    @Test
    void aParameterThatIsRenamedIsAComponentThatTheImplementerDoesNotHave() {
        Project project = new Project(directory.resolve("app"))
                .with(made("Move", 1, "String from, String to"))
                .write("com.acme.App", """
                        package com.acme;
                        record App(String from, String to) implements Services {}
                        """);
        assertThat(project.build(STRICT)).isEmpty();
        assertThat(project.with(made("Move", 1, "String oldHost, String newHost"))
                        .build())
                .contains(
                        "App.java:2: error: com.acme.App is not abstract and does not override abstract method oldHost()");
    }

    @Test
    void oneComponentIsALambda() {
        Compiled.of(List.of(made("One", 1, "java.time.Clock clock"), Samples.source("com.acme.App", """
                                package com.acme;
                                final class App {
                                    static Object start(javax.sql.DataSource dataSource) {
                                        return AsyncMigrationRegistry.builder(dataSource, java.time.Clock::systemUTC);
                                    }
                                }
                                """)), STRICT)
                .succeeds();
    }

    @Test
    void aComponentIsAskedForWhenAMigrationIsMade() throws Exception {
        Loaded loaded = Loaded.of(Compiled.of(List.of(made("One", 1, "String a"), made("Two", 2, "String b"))));
        List<String> asked = new ArrayList<>();
        MigrationCatalog<?> catalog = loaded.catalog(
                "com.acme.AsyncMigrationRegistry", Loaded.services(loaded.loadClass("com.acme.Services"), name -> {
                    asked.add(name);
                    return name;
                }));
        assertThat(catalog.entries()).hasSize(2);
        assertThat(asked).isEmpty();
        catalog.create(1);
        assertThat(asked).containsExactly("b");
    }

    @Test
    void aQualifierGoesOnToTheMethodIfItsTargetAllowsThat() {
        String services = services(
                annotation("Both", "{METHOD, PARAMETER}"),
                annotation("Everywhere", ""),
                annotation("Parameters", "PARAMETER"),
                made("One", 1, "@Both(\"a\\n\") @Everywhere(types = int[].class) @Parameters String key"));
        assertThat(services)
                .containsSubsequence("@Both(\"a\\n\")", "@Everywhere(", "types = int[].class", "String key();")
                .doesNotContain("Parameters");
    }

    @Test
    void whatCannotBeNamedFromTheRegistrysPackageIsLeftOut() {
        String services = services(
                Samples.source("com.acme.package-info", "@org.asyncmigrations.AsyncMigrations package com.acme;"),
                Samples.source("other.Hidden", "package other; @interface Hidden {}"),
                Samples.source("other.Shown", "package other; public @interface Shown { Class<?> value(); }"),
                Samples.source(
                        "other.One",
                        Samples.text(Samples.migration("other.One", 1))
                                .replace(
                                        "Migration {",
                                        "Migration { public One(@Hidden @Shown(Secret.class) String key) {} interface Secret {}")));
        assertThat(services).contains("String key();").doesNotContain("Hidden", "Shown");
    }

    @Test
    void anAnnotationOfTheTypeGoesOnIfAllUsersHaveIt() {
        String services = services(
                made(
                        "One",
                        1,
                        "@org.jspecify.annotations.Nullable String key, java.util.Map.@org.jspecify.annotations.Nullable"
                                + " Entry<String, String> entry, String @org.jspecify.annotations.Nullable [] all"),
                made("Two", 2, "String key"));
        assertThat(services)
                .contains(
                        "    String key();",
                        "Map. @Nullable Entry<String, String> entry();",
                        "String @Nullable [] all();");
    }

    @Test
    void anAnnotationInsideTheTypeGoesOnToo() {
        String mark = "@org.jspecify.annotations.Nullable ";
        assertThat(services(
                        made(
                                "One",
                                1,
                                "java.util.Map<String, java.util.List<" + mark + "String>> deep, " + mark
                                        + "String[] each, java.util.List<? super " + mark
                                        + "String> lower, java.util.List<? extends "
                                        + mark + "String[]> upper, java.util.List<" + mark + "String> shared"),
                        made("Two", 2, "java.util.List<String> shared")))
                .contains(
                        " Map<String, List<@Nullable String>> deep();",
                        " @Nullable String[] each();",
                        " List<? super @Nullable String> lower();",
                        " List<? extends @Nullable String[]> upper();",
                        " List<String> shared();");
    }

    @Test
    void aPartialBuildRemembersTheAnnotations() {
        Project project = new Project(directory.resolve("app"))
                .with(annotation("Both", "{METHOD, PARAMETER}"))
                .with(
                        made(
                                "One",
                                1,
                                "@Both(\"a\") @org.jspecify.annotations.Nullable String key, java.util.List<@org.jspecify.annotations.Nullable String> sizes"))
                .with(made("Two", 2, "@Both(\"a\") @org.jspecify.annotations.Nullable String key"));
        assertThat(project.build(STRICT)).isEmpty();
        assertThat(project.buildOnly("com.acme.Two")).isEmpty();
        assertThat(project.written()).isEqualTo(project.writtenFromClean());
        assertThat(project.written().get("generated/com/acme/Services.java"))
                .contains("@Both(\"a\")", "@Nullable String key", "List<@Nullable String> sizes");
    }

    @Test
    void whatSaysOnlyThatSomethingMayBeNullIsNoQualifier() {
        services(
                Samples.source("com.acme.Nullable", "package com.acme; @interface Nullable {}"),
                made("One", 1, "@Nullable String key"),
                made("Two", 2, "@SuppressWarnings(\"all\") String key"));
    }

    @Test
    void aTypeThatMakesNoNameOfItsOwnIsSpeltOut() {
        assertThat(services(
                        made("One", 1, "long key, java.util.List<String> notify"),
                        made("Two", 2, "long[] key, java.util.List<Integer> notify"),
                        made("Three", 3, "java.time.Clock hashCode")))
                .contains("long keyLong();", "long[] keyLongArray();")
                .contains("List<String> listString();", "List<Integer> listInteger();")
                .contains("Clock clock();");
    }

    @Test
    void theNameCanBeAnother() {
        Compiled compiled = Compiled.of(
                        List.of(
                                Samples.source(
                                        "com.acme.package-info",
                                        "@org.asyncmigrations.AsyncMigrations(services = \"Needs\") package com.acme;"),
                                Samples.source("com.acme.Services", "package com.acme; class Services {}"),
                                made("One", 1, "int size")),
                        STRICT)
                .succeeds();
        assertThat(compiled.generated("Needs")).contains("public interface Needs {");
        assertThat(compiled.generated("AsyncMigrationRegistry")).contains("catalog(Needs services)");
    }

    @Test
    void thePublicConstructorIsCalledWhateverTestsMayCall() {
        JavaFileObject source = made("One", 1, "int size");
        String text = Samples.text(source).replace("Migration {", "Migration { One() {} protected One(String a) {}");
        assertThat(services(Samples.source("com.acme.One", text))).contains("int size();");
    }

    @Test
    void aRecordIsMadeByItsCanonicalConstructor() throws Exception {
        String text = Samples.text(Samples.migration("com.acme.One", 1))
                .replace("final class One", "record One(int size, String name)")
                .replace("Migration {", "Migration { public One(int size) { this(size, \"\"); }");
        Loaded loaded = Loaded.of(Compiled.of(List.of(Samples.source("com.acme.One", text)), STRICT)
                .succeeds());
        MigrationCatalog<?> catalog = loaded.catalog(
                "com.acme.AsyncMigrationRegistry",
                Loaded.services(
                        loaded.loadClass("com.acme.Services"), Map.<String, Object>of("size", 3, "name", "x")::get));
        assertThat(catalog.create(0)).hasToString("One[size=3, name=x]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"String", "AsyncMigrationRegistry", "AsyncMigrationBeans", "AsyncSchemaMigrationsRecord"})
    void servicesAreNotCalledAsAClassThatIsNeeded(String name) {
        JavaFileObject registryPackage = Samples.source(
                "com.acme.package-info",
                "@org.asyncmigrations.AsyncMigrations(services = \"" + name + "\") package com.acme;");
        assertThat(Compiled.of(List.of(registryPackage, made("One", 1, "int size")))
                        .diagnostics())
                .hasLineCount(1)
                .contains("[BadPrefix] services \"" + name);
    }

    /** On a newer JDK too, whose own {@code java.lang} has more classes. */
    @Test
    void javaLangIsThatOfTheReleaseThatIsCompiledFor() {
        String services = "@org.asyncmigrations.AsyncMigrations(services = \"IO\") package com.acme;";
        Compiled compiled = Compiled.of(
                List.of(
                        Samples.source("com.acme.package-info", services),
                        Samples.source("com.acme.ScopedValue", "package com.acme; class ScopedValue {}"),
                        made("One", 1, "int size")),
                "--release",
                "17");
        assertThat(compiled.succeeds().generated("IO")).contains("int size();");
        assertThat(compiled.generated("AsyncMigrationRegistry")).doesNotContain("import java.lang.");
    }

    @Test
    void aQualifierMayNameAGenericClass() {
        assertThat(services(
                        annotation("Codec", "{PARAMETER, METHOD}"),
                        made("One", 1, "@Codec(types = java.util.Map.class) String rates")))
                .contains("types = Map.class");
    }

    private static String services(JavaFileObject... sources) {
        return Compiled.of(List.of(sources), STRICT).succeeds().generated("Services");
    }

    private static JavaFileObject made(String name, int version, String parameters) {
        String text = Samples.text(Samples.migration("com.acme." + name, version));
        return Samples.source(
                "com.acme." + name,
                text.replace("Migration {", "Migration { public " + name + "(" + parameters + ") {}"));
    }

    private static JavaFileObject annotation(String name, String target) {
        return Samples.source("com.acme." + name, """
                package com.acme;

                import static java.lang.annotation.ElementType.*;

                %s
                public @interface %s {
                    String value() default "";
                    Class<?>[] types() default {};
                }
                """.formatted(
                        target.isEmpty() ? "" : "@java.lang.annotation.Target(" + target + ")", name));
    }
}
