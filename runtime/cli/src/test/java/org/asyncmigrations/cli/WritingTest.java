package org.asyncmigrations.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.asyncmigrations.MigrationException;
import org.junit.jupiter.api.Test;

/** Tables, JSON, durations, versions, and what is asked again. */
class WritingTest {
    @Test
    void jsonIsEscaped() {
        assertThat(Json.text(Json.object("a\"b", "\\\n\r\t\u0001\u2028\ud83d", "n", null, "x", Double.NaN)))
                .isEqualTo("{\"a\\\"b\":\"\\\\\\n\\r\\t\\u0001\\u2028\\ud83d\",\"n\":null,\"x\":null}");
        assertThat(Json.text(List.of(1, 2L, true, 0.5, List.of(), Map.of()))).isEqualTo("[1,2,true,0.5,[],{}]");
        assertThat(Json.text("ü\ud83d\ude00")).isEqualTo("\"ü\ud83d\ude00\"");
    }

    @Test
    void aLongWordIsBrokenAndNoLineIsTooLong() {
        Table table = new Table("a", "b");
        table.row("com.example.SomeVeryLongNameOfAClassThatNobodyCanRead", "12,345,678");
        table.row("y".repeat(3_000_000), "1");
        table.note("x".repeat(200) + " and\nmore");
        String text = table.text(40);
        assertThat(text.lines()).allMatch(line -> line.length() <= 40);
        assertThat(text).contains("com.example.S..NobodyCanRead  12,345,678").contains(" and more");
    }

    @Test
    void callsInMessagesAreVerbs() {
        assertThat(Calls.asVerbs(
                        "rejects() lists them: let key() return it and call retry(), or acceptRejects(\"why\")"))
                .isEqualTo(
                        "'rejects' lists them: let key() return it and call 'retry', or 'accept-rejects --reason …'");
        assertThat(Calls.asVerbs("skip it: migration(20261121093000L).skip(reason), or assumeNewDatabase()"))
                .isEqualTo("skip it: 'skip 20261121_093000 --reason …', or assumeNewDatabase()");
        Terminal terminal = new Terminal(new PrintWriter(System.out), new PrintWriter(System.err), Map.of(), false);
        assertThat(Root.commandLine(terminal).getSubcommands()).containsKeys(Calls.VERBS.toArray(String[]::new));
    }

    @Test
    void versionsAreReadAsTheyAreWritten() {
        for (String text : new String[] {"20261121093000", "20261121_093000", "20261121_093000L"}) {
            assertThat(VersionNumber.of(text).value()).isEqualTo(20261121_093000L);
        }
        for (String text : new String[] {"0", "-1", "", "L", "1x", "99999999999999999999"}) {
            assertThatThrownBy(() -> VersionNumber.of(text)).hasMessageContaining("is not a version");
        }
    }

    @Test
    void durationsAreReadAndWritten() {
        assertThat(Arrays.asList(Durations.of("90s"), Durations.of("1h30m"), Durations.of("PT2H")))
                .containsExactly(Duration.ofSeconds(90), Duration.ofMinutes(90), Duration.ofHours(2));
        assertThat(Durations.words(Duration.ofSeconds(59))).isEqualTo("59 s");
        assertThat(Durations.words(Duration.ofMinutes(125))).isEqualTo("2 h 5 min");
    }

    @Test
    void aDatabaseThatIsAwayIsWaitedForOnceThereWasAnAnswer() throws Exception {
        StringWriter err = new StringWriter();
        Poll poll = new Poll(new Terminal(new PrintWriter(err), new PrintWriter(err), Map.of(), false));
        Queue<String> answers = new ArrayDeque<>(List.of("", "first", "", "", "second"));
        assertThatThrownBy(() -> poll.ask(() -> answer(answers))).isInstanceOf(MigrationException.class);
        assertThat(poll.<String>ask(() -> answer(answers))).isEqualTo("first");
        assertThat(poll.<String>ask(() -> answer(answers))).isEqualTo("second");
        assertThat(err.toString()).isEqualToIgnoringNewLines("async-migrations: away; trying again");
    }

    private static String answer(Queue<String> answers) {
        String answer = answers.remove();
        if (answer.isEmpty()) {
            throw new MigrationException(0, "away", null);
        }
        return answer;
    }
}
