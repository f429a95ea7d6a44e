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

/** What the READMEs say about states and commands is true. */
final class ReadmeTest {
    private static final Path README = Path.of("..", "..", "README.md");
    private static final Path RUNTIME_README = Path.of("..", "..", "runtime", "README.md");

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

    private static String section(String title) throws IOException {
        Matcher section = Pattern.compile("\n## " + title + "\n(.*?)\n## ", Pattern.DOTALL)
                .matcher(Files.readString(README));
        assertThat(section.find()).as(title).isTrue();
        return section.group(1);
    }
}
