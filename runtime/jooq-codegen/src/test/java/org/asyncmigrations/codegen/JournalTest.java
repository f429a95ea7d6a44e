package org.asyncmigrations.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    @TempDir
    private Path directory;

    @Test
    void theReleaseOfAVersionIsReadHoweverTheVersionIsWritten() throws IOException {
        Journal journal = Journal.read(Files.writeString(directory.resolve("journal"), """
                # version phase fingerprint release class
                20261121_093000 async 0a1b 2.4.0 com.shop.Backfill
                20261201090000L after_release retired 2.5.0 com.shop.DropFullName
                <<<<<<< not a line
                """));
        assertThat(journal.release("20261121093000L")).contains("2.4.0");
        assertThat(journal.release("20261201_090000")).contains("2.5.0");
        assertThat(journal.release("20261201_090001")).isEmpty();
        assertThat(journal.release("V12__drop_full_name.sql")).isEmpty();
    }

    @Test
    void aProjectWithoutAJournalHasReleasedNothing() {
        assertThat(Journal.read(directory.resolve("journal")).release("20261121_093000"))
                .isEmpty();
    }
}
