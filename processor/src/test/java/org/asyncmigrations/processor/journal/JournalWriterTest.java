package org.asyncmigrations.processor.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.asyncmigrations.processor.model.Journal;
import org.asyncmigrations.processor.model.JournalLine;
import org.asyncmigrations.processor.model.Origin;
import org.asyncmigrations.processor.model.Phase;
import org.asyncmigrations.processor.model.RunPhase;
import org.asyncmigrations.processor.model.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was there stays as it is, to the byte. */
class JournalWriterTest {
    private static final List<JournalLine> NEW = List.of(line(20261121_093000L), line(20261121_093001L));
    private static final String ADDED =
            "20261121_093000 ASYNC 0f 2.4.0 com.acme.Plain|20261121_093001 ASYNC 0f 2.4.0 com.acme.Plain|";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "'', '', '\n'",
        "'\uFEFF', '', '\n'",
        "'# open', '\n', '\n'",
        "'# lines\n', '', '\n'",
        "'# lines\n\n\n', '', '\n'",
        "'# windows\r\n', '', '\r\n'",
        "'# windows\r\n1 ASYNC 0f 1 A', '\r\n', '\r\n'",
        "'# mixed\r\n# since\n', '', '\n'",
        "'# mixed\n# since\r\n# open', '\r\n', '\r\n'",
        "'# old\r# machine', '\r', '\r'",
        "'1  async\t0f 1 A \n', '', '\n'",
    })
    void theEndIsContinuedAsItIs(String before, String closing, String end) throws IOException {
        Files.writeString(file(), before);
        assertThat(JournalWriter.append(JournalReader.read(file()), NEW)).isEmpty();
        assertThat(Files.readString(file())).isEqualTo(before + closing + ADDED.replace("|", end));
        assertThat(JournalReader.read(file()).isReadable()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "'\uFEFF7 ASYNC 0f 1 A\r\n20261122_000000 ASYNC 0f 1 B', '\uFEFF7 ASYNC 0f 1 A\r\n|20261122_000000 ASYNC 0f 1 B\r\n'",
        "'\uFEFF20261122_000000 ASYNC 0f 1 B\n', '\uFEFF|20261122_000000 ASYNC 0f 1 B\n'",
    })
    void olderLinesArePutWhereTheyBelong(String before, String after) throws IOException {
        Files.writeString(file(), before);
        assertThat(JournalWriter.append(JournalReader.read(file()), NEW)).isEmpty();
        String added = ADDED.replace("|", before.contains("\r") ? "\r\n" : "\n");
        assertThat(Files.readString(file())).isEqualTo(after.replace("|", added));
        assertThat(JournalReader.read(file()).isReadable()).isTrue();
    }

    @Test
    void onlyTheLinesThatAreReplacedChange() throws IOException {
        Files.writeString(file(), "\uFEFF1 ASYNC 0a 1 A\r\n\n# ours\r2 ASYNC 0b 1 B\n 3 async  0c 1 C");
        Journal journal = JournalReader.read(file());
        JournalLine first = journal.lines().get(0);
        JournalLine third = journal.lines().get(2);
        assertThat(JournalWriter.replace(journal, List.of(first.retired(), third.retired())))
                .isEmpty();
        assertThat(Files.readString(file()))
                .isEqualTo("\uFEFF1 ASYNC retired 1 A\r\n\n# ours\r2 ASYNC 0b 1 B\n3 ASYNC retired 1 C");
    }

    @Test
    void aFileThatAnotherReleaseWritesIsLeftAlone() throws IOException {
        Files.writeString(file(), "1 ASYNC 0a 1 A\n20261122_000000 ASYNC 0b 1 B\n");
        Journal journal = JournalReader.read(file());
        String before = Files.readString(file());
        try (FileChannel other = FileChannel.open(file(), StandardOpenOption.WRITE);
                FileLock lock = other.lock()) {
            assertThat(JournalWriter.append(journal, List.of(line(20261123_000000L))))
                    .isPresent();
            assertThat(JournalWriter.append(journal, NEW)).isPresent();
            assertThat(JournalWriter.replace(journal, retiredFirst(journal))).isPresent();
            assertThat(lock.isValid()).isTrue();
        }
        assertThat(file()).content().isEqualTo(before);
    }

    @Test
    void aFileThatHasChangedSinceItWasReadIsLeftAlone() throws IOException {
        Files.writeString(file(), "1 ASYNC 0a 1 A\n20261122_000000 ASYNC 0b 1 B\n");
        Journal journal = JournalReader.read(file());
        String changed = Files.readString(file()).replace("0a", "0c");
        Files.writeString(file(), changed);
        String reason = "it was changed while it was being read";
        assertThat(JournalWriter.append(journal, List.of(line(20261123_000000L))))
                .contains(reason);
        assertThat(JournalWriter.append(journal, NEW)).contains(reason);
        assertThat(JournalWriter.replace(journal, retiredFirst(journal))).contains(reason);
        assertThat(file()).content().isEqualTo(changed);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void ownerAndPermissionsStayAndNothingLiesBeside() throws IOException {
        Files.writeString(file(), "1 ASYNC 0a 1 A\n20261122_000000 ASYNC 0b 1 B\n");
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-rw--w-"));
        assertThat(JournalWriter.append(JournalReader.read(file()), NEW)).isEmpty();
        Journal journal = JournalReader.read(file());
        assertThat(JournalWriter.replace(journal, retiredFirst(journal))).isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-rw--w-");
        assertThat(directory).isDirectoryNotContaining(path -> !path.equals(file()));
    }

    @Test
    void aFileThatCannotBeWrittenIsTold() {
        Journal journal = Journal.missing(directory);
        assertThat(JournalWriter.append(journal, NEW)).get().asString().startsWith("the system says: ");
    }

    private static List<JournalLine> retiredFirst(Journal journal) {
        return List.of(journal.lines().get(0).retired());
    }

    private Path file() {
        return directory.resolve("journal");
    }

    private static JournalLine line(long version) {
        return new JournalLine(
                0,
                new Version(version, true, Origin.BUILD),
                new RunPhase(Phase.ASYNC, false),
                "0f",
                "2.4.0",
                "com.acme.Plain");
    }
}
