package org.asyncmigrations.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.annotation.processing.Processor;
import org.asyncmigrations.processor.check.Finding;
import org.asyncmigrations.processor.check.Message;
import org.asyncmigrations.processor.model.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each message has a sample; its text, file, line and column are pinned, and nothing else is printed beside it. */
class FindingsTest {
    @ParameterizedTest
    @EnumSource(Message.class)
    void theSampleGetsTheseFindingsAndNoOthers(Message message) {
        String directory = "bad/" + message.name();
        Compiled compiled = Compiled.with(processors(message), Samples.sources(directory), options(message));
        assertThat(compiled.diagnostics()).isEqualTo(Samples.text(directory + "/findings.txt"));
    }

    @ParameterizedTest
    @EnumSource(Message.class)
    void theSampleShowsTheMessage(Message message) {
        assertThat(Samples.text("bad/" + message.name() + "/findings.txt")).containsPattern(pattern(message));
    }

    @Test
    void eachSampleIsOfAMessage() {
        assertThat(Samples.directories("bad"))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Message.values()).map(Message::name).toList());
    }

    private static List<Processor> processors(Message message) {
        Processor ours = new MigrationProcessor();
        // Round 1 writes the tables, round 2 the registry.
        return message == Message.MIGRATION_TOO_LATE ? List.of(ours, new LateGenerator(2)) : List.of(ours);
    }

    private static String[] options(Message message) {
        return message == Message.UNKNOWN_OPTION
                ? new String[] {"-Aasyncmigrations.journl=migrations"}
                : new String[] {"-Xlint:all,-processing"};
    }

    private static Pattern pattern(Message message) {
        String text = Finding.of(message, Origin.BUILD, "\0", "\0", "\0", "\0").text();
        return Pattern.compile(
                Arrays.stream(text.split("\0", -1)).map(Pattern::quote).collect(Collectors.joining(".+")));
    }
}
