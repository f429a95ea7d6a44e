package org.asyncmigrations.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import javax.annotation.processing.Processor;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationRegistry;
import org.asyncmigrations.Mode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** An application whose registry includes that of a library; both have their migrations made with beans. */
class SeveralModulesTest {
    @TempDir
    private static Path directory;

    private static URLClassLoader loader;

    @BeforeAll
    static void compile() throws IOException {
        compile("billing", "", """
                package com.acme.billing;
                public interface Rates {}
                """);
        compile("shop", "include = com.acme.billing.AsyncMigrationRegistry.class, ", """
                package com.acme.shop;
                public interface Mail {}
                """);
        loader = new URLClassLoader(
                new URL[] {
                    output("billing").toUri().toURL(), output("shop").toUri().toURL()
                },
                SeveralModulesTest.class.getClassLoader());
    }

    @AfterAll
    static void close() throws IOException {
        loader.close();
    }

    private static Path output(String module) {
        return directory.resolve(module + "/classes");
    }

    /** A module with one service, and one migration that needs it. */
    private static void compile(String module, String include, String service) throws IOException {
        String type = service.split("interface ")[1].split(" ")[0];
        String migration = """
                package com.acme.%1$s;
                import org.asyncmigrations.*;
                @%4$s(version = %3$dL)
                @Idempotent(By.TRANSACTION)
                public final class Use%2$s implements DataMigration {
                    public Use%2$s(%2$s needed) {}
                    @Override public void migrate(MigrationRun run) {}
                }
                """.formatted(
                module, type, module.equals("shop") ? 2 : 1, module.equals("shop") ? "AfterRelease" : "AsyncMigration");
        String annotated = "@org.asyncmigrations.AsyncMigrations(" + include
                + "components = org.asyncmigrations.Components.SPRING)\npackage com.acme." + module + ";\n";
        Files.createDirectories(output(module));
        List<Path> sources = new ArrayList<>();
        sources.add(write(module, "package-info", annotated));
        sources.add(write(module, "Use" + type, migration));
        sources.add(write(module, type, service));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "-d",
                    output(module).toString(),
                    "-cp",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                            + File.pathSeparator
                            + output("billing"));
            JavaCompiler.CompilationTask task =
                    compiler.getTask(null, files, null, options, null, files.getJavaFileObjectsFromPaths(sources));
            task.setProcessors(ServiceLoader.load(Processor.class).stream()
                    .filter(provider -> provider.type().getName().startsWith("org.asyncmigrations."))
                    .map(ServiceLoader.Provider::get)
                    .toList());
            assertThat(task.call()).isTrue();
        }
    }

    private static Path write(String module, String name, String text) throws IOException {
        return Files.writeString(directory.resolve(module).resolve(name + ".java"), text);
    }

    private static ApplicationContextRunner with(String... services) {
        return with(loader, services);
    }

    private static ApplicationContextRunner with(ClassLoader loader, String... services) {
        ApplicationContextRunner runner = Shop.bare().withClassLoader(loader);
        for (String service : services) {
            runner = withBean(runner, loader, service);
        }
        return runner;
    }

    @SuppressWarnings("unchecked")
    private static ApplicationContextRunner withBean(
            ApplicationContextRunner runner, ClassLoader loader, String service) {
        try {
            Class<Object> type = (Class<Object>) loader.loadClass(service);
            return runner.withBean(
                    type, () -> Proxy.newProxyInstance(loader, new Class<?>[] {type}, (proxy, method, args) -> null));
        } catch (ClassNotFoundException missing) {
            throw new AssertionError(missing);
        }
    }

    @Test
    void theRegistryThatNoOtherIncludesIsRunWithTheMigrationsOfAll() {
        with("com.acme.billing.Rates", "com.acme.shop.Mail").run(context -> {
            assertThat(context)
                    .hasNotFailed()
                    .hasBean("com.acme.shop.AsyncMigrationRegistry")
                    .hasBean("com.acme.billing.Services")
                    .doesNotHaveBean("com.acme.billing.AsyncMigrationRegistry");
            assertThat(context.getBean(MigrationRegistry.class).entries())
                    .extracting(MigrationEntry::simpleName)
                    .containsExactly("UseRates", "UseMail");
        });
    }

    /** The library's registry alone is an older build; the tables are where a customizer has put them. */
    @Test
    void aGateIsOpenedDespiteOlderInstancesOnlyByForce() throws IOException {
        try (URLClassLoader library = new URLClassLoader(
                new URL[] {output("billing").toUri().toURL()}, SeveralModulesTest.class.getClassLoader())) {
            inSchema(with(library, "com.acme.billing.Rates")).run(older -> {
                assertThat(older.getBean(MigrationRegistry.class).dispatch().await())
                        .isEqualTo(Dispatch.Outcome.DONE);
                inSchema(with("com.acme.billing.Rates", "com.acme.shop.Mail")).run(SeveralModulesTest::open);
            });
        }
    }

    private static ApplicationContextRunner inSchema(ApplicationContextRunner runner) {
        return runner.withPropertyValues(
                        "spring.datasource.url=jdbc:h2:mem:gate;INIT=create schema if not exists OPS",
                        "async-migrations.poll-every=10ms")
                .withBean(
                        AsyncMigrationsCustomizer.class,
                        () -> builder -> builder.stateSchema("OPS").mode(Mode.GATED));
    }

    private static void open(ApplicationContext context) throws InterruptedException {
        MigrationRegistry migrations = context.getBean(MigrationRegistry.class);
        AsyncMigrationsEndpoint endpoint =
                new AsyncMigrationsEndpoint(context, context.getBean(SpringRegistries.class));
        assertThat(migrations.dispatch().await()).isEqualTo(Dispatch.Outcome.HELD);

        assertThat(ordered(endpoint, Order.OPEN_GATE, null).why())
                .contains("1 of 2 instances still runs a build without 2");
        assertThatThrownBy(() -> ordered(endpoint, Order.RETRY, true))
                .isInstanceOf(InvalidEndpointRequestException.class);
        assertThat(ordered(endpoint, Order.OPEN_GATE, true)).isEqualTo(new AsyncMigrationsEndpoint.Given(true, ""));

        assertThat(migrations.dispatch().await()).isEqualTo(Dispatch.Outcome.DONE);
        assertThat(endpoint.migration("2").gateOpenedAt()).isNotNull();
    }

    private static AsyncMigrationsEndpoint.Given ordered(AsyncMigrationsEndpoint endpoint, Order order, Boolean force) {
        return endpoint.order("2", order, "the old ones read nothing", null, force, null, OperatingTest.of("ana"));
    }

    @Test
    void aBeanThatTheLibraryNeedsIsRequiredToo() {
        with("com.acme.shop.Mail")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining(
                                "The parameter needed of UseRates needs a bean of type 'com.acme.billing.Rates'"));
    }
}
