package org.asyncmigrations.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.annotation.processing.Processor;
import org.asyncmigrations.processor.check.Finding;
import org.asyncmigrations.processor.check.Message;
import org.asyncmigrations.processor.model.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each message has a sample; its text, file, line and column are pinned, and nothing else is printed beside it. */
class FindingsTest {
    @TempDir
    private Path temporary;

    @ParameterizedTest
    @EnumSource(Message.class)
    void theSampleGetsTheseFindingsAndNoOthers(Message message) throws IOException {
        assumeThat(message != Message.NAMELESS_CLASS || Runtime.version().feature() >= 25)
                .as("compact source files")
                .isTrue();
        String directory = "bad/" + message.name();
        Path journal = temporary.resolve("journal");
        Samples.copyJournal(directory, journal);
        List<String> options = new ArrayList<>(List.of(Samples.options(directory, journal)));
        List<Path> elsewhere = new ArrayList<>();
        if (message == Message.REGISTRY_ELSEWHERE) {
            Project main = new Project(temporary.resolve("main")).with(Samples.migration("com.acme.Main", 7));
            assertThat(main.build()).isEmpty();
            elsewhere.add(main.classes());
        }
        Compiled compiled = Compiled.behind(
                elsewhere, processors(message), Samples.sources(directory), options.toArray(String[]::new));
        assertThat(Samples.pinned(compiled.diagnostics().replace(journal.toString(), "JOURNAL")))
                .isEqualTo(Samples.text(directory + "/findings.txt"));
    }

    @ParameterizedTest
    @EnumSource(Message.class)
    void theSampleShowsTheMessage(Message message) {
        assertThat(Samples.text("bad/" + message.name() + "/findings.txt")).containsPattern(pattern(message));
    }

    @Test
    void aVersionThatIsProposedIsTheCurrentTimeAndIsProposedOnce() {
        Instant before = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String diagnostics =
                Compiled.of(Samples.sources("bad/DUPLICATE_VERSION")).diagnostics();
        List<Instant> proposed = Pattern.compile("time, (\\d{8}_\\d{6})L")
                .matcher(diagnostics)
                .results()
                .map(literal -> LocalDateTime.parse(literal.group(1), DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss"))
                        .toInstant(ZoneOffset.UTC))
                .toList();
        assertThat(proposed).hasSize(2).doesNotHaveDuplicates();
        assertThat(proposed).allSatisfy(time -> assertThat(time).isBetween(before, before.plusSeconds(60)));
    }

    @Test
    void eachSampleIsOfAMessage() {
        assertThat(Samples.directories("bad"))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Message.values()).map(Message::name).toList());
    }

    private static List<Processor> processors(Message message) {
        return switch (message) {
            // Round 1 writes the tables, round 2 the registry.
            case MIGRATION_TOO_LATE -> List.of(new MigrationProcessor(), new LateGenerator(2));
            // Nothing is written in round 3 that would make it wait for more.
            case PART_TOO_LATE ->
                List.of(
                        new MigrationProcessor(),
                        new LateGenerator(
                                4, Samples.source("com.acme.Rates", "package com.acme; public class Rates {}")));
            default -> List.of(Installed.alone());
        };
    }

    private static Pattern pattern(Message message) {
        String text = Samples.pinned(
                Finding.of(message, Origin.BUILD, Collections.nCopies(9, "\0").toArray())
                        .text());
        return Pattern.compile(
                Arrays.stream(text.split("\0", -1)).map(Pattern::quote).collect(Collectors.joining(".+")));
    }
}
