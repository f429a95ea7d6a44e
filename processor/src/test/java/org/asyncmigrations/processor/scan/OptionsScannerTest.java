package org.asyncmigrations.processor.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.asyncmigrations.processor.model.Options;
import org.asyncmigrations.processor.model.Options.Bad;
import org.asyncmigrations.processor.model.Options.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsScannerTest {
    private static final String ANYWHERE = "/acme/journal";

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                "journal",
                "./src/main/migrations/journal",
                "~/journal",
                "${project.basedir}/src/main/migrations/journal",
                "/acme\0/journal",
            })
    void aJournalsPathMustBeAbsolute(String value) {
        Options options = OptionsScanner.scan(with(Options.JOURNAL, value));
        assertThat(options.journal()).isEmpty();
        assertThat(options.bad()).containsExactly(new Bad(Fault.PATH, value == null ? "" : value));
    }

    @Test
    void anAbsolutePathIsTaken(@TempDir Path directory) {
        Path journal = directory.resolve("the shop's journal.txt");
        Options options = OptionsScanner.scan(with(Options.JOURNAL, journal.toString()));
        assertThat(options.journal()).contains(journal);
        assertThat(options.bad()).isEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                "2.4 beta",
                "2.4\t",
                "2.4\n2.5",
                "2.4\u00A0",
                "2.4\u2028",
                "\u200B",
                "\uFEFF2",
                "\0",
                "\uD800"
            })
    void aReleasesNameMustBeOneWord(String value) {
        Map<String, String> options = with(Options.RELEASE, value);
        options.put(Options.JOURNAL, ANYWHERE);
        assertThat(OptionsScanner.scan(options).bad()).containsExactly(new Bad(Fault.NAME, value == null ? "" : value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.4.0", "v2.4.0-rc.1+build_7", "#7", "Äpfel", "発売", "🍏"})
    void anyOneWordIsAName(String value) {
        Map<String, String> options = with(Options.RELEASE, value);
        options.put(Options.JOURNAL, ANYWHERE);
        assertThat(OptionsScanner.scan(options).bad()).isEmpty();
        assertThat(OptionsScanner.scan(options).release()).contains(value);
    }

    @Test
    void aReleaseWithoutJournalIsToldOnceAndABadJournalIsOneToo() {
        assertThat(OptionsScanner.scan(with(Options.RELEASE, "2")).bad()).containsExactly(new Bad(Fault.ALONE, "2"));
        Map<String, String> options = with(Options.RELEASE, "2");
        options.put(Options.JOURNAL, "");
        assertThat(OptionsScanner.scan(options).bad()).containsExactly(new Bad(Fault.PATH, ""));
    }

    @Test
    void othersOfOursAreUnknownAndThoseOfOthersAreNotLookedAt() {
        Map<String, String> options = with("asyncmigrations.journl", "x");
        options.put("asyncmigrations.Release", null);
        options.put("asyncmigration.release", "2");
        options.put("mapstruct.verbose", "true");
        assertThat(OptionsScanner.scan(options))
                .isEqualTo(new Options(
                        Options.NONE.journal(),
                        Options.NONE.release(),
                        List.of(),
                        List.of("asyncmigrations.Release", "asyncmigrations.journl")));
    }

    private static Map<String, String> with(String name, String value) {
        Map<String, String> options = new HashMap<>();
        options.put(name, value);
        return options;
    }
}
