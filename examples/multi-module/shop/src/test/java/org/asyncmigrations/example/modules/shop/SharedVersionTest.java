package org.asyncmigrations.example.modules.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** If two modules have the same version, the compiler reports what the README shows. */
final class SharedVersionTest {
    private static final Path README = Path.of("..", "README.md");

    @TempDir
    Path directory;

    @Test
    void aVersionOfAnotherModuleIsACompilerError() throws IOException {
        String said = compile("""
                package org.asyncmigrations.example.modules.stock;

                import org.asyncmigrations.*;

                @AsyncMigration(version = 20261203_090000L)
                @Idempotent(By.TRANSACTION)
                public final class CountStock implements DataMigration {
                    public void migrate(MigrationRun run) {}
                }
                """);

        assertThat(timeless(said).lines().toList()).contains(timeless(finding()));
    }

    /** {@return the messages of javac for a class of another module that has the shop's dependencies, but not the shop} */
    private String compile(String source) throws IOException {
        Path file = Files.writeString(directory.resolve("CountStock.java"), source);
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        List<String> options = List.of(
                "-d", directory.toString(),
                "-cp", classPath(),
                "-processor", "org.asyncmigrations.processor.MigrationProcessor");
        javac.getTask(
                        said,
                        null,
                        null,
                        options,
                        null,
                        javac.getStandardFileManager(null, null, null).getJavaFileObjects(file))
                .call();
        return said.toString().replace(directory + File.separator, "");
    }

    /** {@return the messages with a constant in place of the version that they suggest, which is the time of the compile} */
    private static String timeless(String said) {
        return said.replaceAll("UTC time, \\d{8}_\\d{6}L", "UTC time, NOW");
    }

    private static String classPath() {
        Path shop = Path.of("target", "classes").toAbsolutePath();
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).equals(shop))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String finding() throws IOException {
        return Files.readString(README)
                .lines()
                .filter(line -> line.contains("[DuplicateVersion]"))
                .findFirst()
                .orElseThrow();
    }
}
