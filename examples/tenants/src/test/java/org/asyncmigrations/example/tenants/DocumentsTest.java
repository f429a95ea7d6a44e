package org.asyncmigrations.example.tenants;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the README shows is what is compiled here. */
final class DocumentsTest {
    @Test
    void theTurnOfTheReadmeIsTheJobs() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        String shown = readme.substring(readme.indexOf("```java\n") + "```java\n".length());
        Path job = Path.of("src", "main", "java", "org", "asyncmigrations", "example", "tenants", "Job.java");

        assertThat(withoutSpace(Files.readString(job)))
                .contains(withoutSpace(shown.substring(0, shown.indexOf("```"))));
    }

    private static String withoutSpace(String text) {
        return text.replaceAll("\\s", "");
    }
}
