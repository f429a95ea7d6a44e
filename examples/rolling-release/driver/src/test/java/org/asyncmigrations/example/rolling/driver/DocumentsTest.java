package org.asyncmigrations.example.rolling.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the documents show is what is compiled here. */
final class DocumentsTest {
    private static final Path ROOT = Path.of("..", "..", "..");
    private static final Path SOURCES = Path.of("src", "main", "java", "org", "asyncmigrations", "example", "rolling");

    @Test
    void theProgramOfTheKubernetesPageIsThatOfRelease2() throws IOException {
        String page = Files.readString(ROOT.resolve(Path.of("runtime", "KUBERNETES.md")));
        String shown = page.substring(page.indexOf("```java\n") + "```java\n".length());

        assertThat(withoutSpace(Files.readString(
                        Path.of("..", "release-2").resolve(SOURCES).resolve("Migrate.java"))))
                .contains(withoutSpace(shown.substring(0, shown.indexOf("```"))));
    }

    private static String withoutSpace(String text) {
        return text.replaceAll("\\s", "");
    }
}
