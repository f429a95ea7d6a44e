package org.asyncmigrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.cli.Shop.Ran;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The jar as users get it, in a JVM of its own. */
class JarIT {
    @ParameterizedTest
    @EnumSource(
            value = TestDatabase.class,
            names = {"POSTGRES", "MARIADB"})
    void theJarShowsTheStatus(TestDatabase database) throws Exception {
        try (Shop shop = Shop.in(database)) {
            Ran ran = run(shop.env(), "status");
            assertThat(ran.err()).isEmpty();
            assertThat(ran.out()).contains("20261121_093000  FillOrderCents  async  created");
            assertThat(ran.code()).isZero();
        }
    }

    @Test
    void theExitCodeIsThatOfTheProcess() throws Exception {
        Ran ran = run(Map.of("ASYNC_MIGRATIONS_URL", "jdbc:h2:mem:nowhere"), "status");
        assertThat(ran.err()).startsWith("async-migrations: ").hasLineCount(1);
        assertThat(ran.code()).isEqualTo(1);
        assertThat(run(Map.of(), "status").code()).isEqualTo(2);
    }

    @Test
    void theVersionIsThatOfTheJar() throws Exception {
        assertThat(run(Map.of(), "--version").out()).matches("async-migrations \\d\\S+\\R");
    }

    private static Ran run(Map<String, String> env, String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                System.getProperty("cli.jar")));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(env);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Ran(process.exitValue(), out, err);
    }
}
