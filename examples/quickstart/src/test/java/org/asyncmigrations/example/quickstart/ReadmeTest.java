package org.asyncmigrations.example.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.asyncmigrations.State;
import org.asyncmigrations.state.Transition;
import org.junit.jupiter.api.Test;

/** What the README shows is what is compiled and run here. */
final class ReadmeTest {
    private static final Path README = Path.of("..", "..", "README.md");
    private static final Path RUNTIME_README = Path.of("..", "..", "runtime", "README.md");
    private static final Path KIT_README = Path.of("..", "..", "runtime", "testing", "README.md");
    private static final Path SOURCES = Path.of("src", "main", "java");

    @Test
    void theMigrationIsTheOneThatRuns() throws IOException {
        assertThat(withoutSpace(source("BackfillEmailNormalized"))).contains(lines(block(0)));
    }

    @Test
    void itsUseIsThatOfTheQuickstart() throws IOException {
        assertThat(withoutSpace(source("Quickstart"))).contains(lines(block(1)));
    }

    @Test
    void theTestKitsReadmeShowsATestThatRuns() throws IOException {
        String test = Files.readString(Path.of(
                "src", "test", "java", "org", "asyncmigrations", "example", "quickstart", "MigrationsTest.java"));

        assertThat(withoutSpace(test)).contains(withoutSpace(block(KIT_README, 0)));
    }

    @Test
    void theRuntimesReadmeHasEachTransition() throws IOException {
        List<String> rows = Stream.of(Transition.values())
                .map(transition -> "| " + transition.event() + " | " + words(transition) + " | "
                        + transition.to().word() + " | " + transition.cause() + " |")
                .toList();

        assertThat(Files.readString(RUNTIME_README)).contains(rows);
    }

    @Test
    void runItAndTestItHaveOneCommandEach() throws IOException {
        assertThat(section("Run it")).containsOnlyOnce("```bash\nmvn ");
        assertThat(section("Test it")).containsOnlyOnce("```bash\nmvn ");
    }

    private static String words(Transition transition) {
        return transition.from().stream().sorted().map(State::word).collect(Collectors.joining(", "));
    }

    private static String block(int index) throws IOException {
        return block(README, index);
    }

    private static String block(Path readme, int index) throws IOException {
        return Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(readme))
                .results()
                .toList()
                .get(index)
                .group(1);
    }

    private static String section(String title) throws IOException {
        Matcher section = Pattern.compile("\n## " + title + "\n(.*?)\n## ", Pattern.DOTALL)
                .matcher(Files.readString(README));
        assertThat(section.find()).as(title).isTrue();
        return section.group(1);
    }

    private static String source(String name) throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return Files.readString(files.filter(file -> file.endsWith(name + ".java"))
                    .findFirst()
                    .orElseThrow());
        }
    }

    /** The lines without comments and white space: the formatter breaks them in other places than the README. */
    private static List<String> lines(String text) {
        return text.lines()
                .map(line -> withoutSpace(line.replaceAll("//.*", "")))
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static String withoutSpace(String text) {
        return text.replaceAll("\\s", "");
    }
}
