package org.asyncmigrations.processor.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.asyncmigrations.processor.model.Options;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsScannerTest {
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
        assertThat(options.bad()).isEqualTo(Map.of(Options.JOURNAL, value == null ? "" : value));
    }

    @Test
    void anAbsolutePathIsTaken(@TempDir Path directory) {
        Path journal = directory.resolve("the shop's journal.txt");
        Options options = OptionsScanner.scan(with(Options.JOURNAL, journal.toString()));
        assertThat(options.journal()).contains(journal);
        assertThat(options.bad()).isEmpty();
    }

    @Test
    void aReleaseIsNotTheCompilersToMake() {
        Map<String, String> options = with(Options.RELEASE, "2");
        options.put(Options.JOURNAL, "");
        assertThat(OptionsScanner.scan(options).bad()).isEqualTo(Map.of(Options.JOURNAL, "", Options.RELEASE, "2"));
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
                        Map.of(),
                        List.of("asyncmigrations.Release", "asyncmigrations.journl")));
    }

    private static Map<String, String> with(String name, String value) {
        Map<String, String> options = new HashMap<>();
        options.put(name, value);
        return options;
    }
}
