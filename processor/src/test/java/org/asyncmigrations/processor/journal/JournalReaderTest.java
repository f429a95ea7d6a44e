package org.asyncmigrations.processor.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.asyncmigrations.processor.model.Journal;
import org.asyncmigrations.processor.model.JournalFault;
import org.asyncmigrations.processor.model.JournalFault.Kind;
import org.asyncmigrations.processor.model.JournalLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lenient where nothing is lost, and exact about the place of all else. */
class JournalReaderTest {
    private static final String LINE = "20261121_093000 ASYNC 58ef 2.4.0 com.acme.Plain";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                LINE,
                LINE + "\n",
                LINE + "\r\n",
                LINE + "\r",
                "\uFEFF" + LINE + "\n",
                "\n\r\n \t\n" + LINE + "\n\n",
                "# the journal\n  # of the shop\n" + LINE + "\n#",
                "\t " + LINE + " \t \n",
                "20261121_093000\tASYNC  58ef \t 2.4.0\u00A0com.acme.Plain\n",
                "20261121093000 ASYNC 58ef 2.4.0 com.acme.Plain\n",
                "2026_11_21_09_30_00L ASYNC 58ef 2.4.0 com.acme.Plain\n",
                "20261121__093000l async 58ef 2.4.0 com.acme.Plain\n",
            })
    void aLineIsReadInWhateverFormItIsWritten(String text) throws IOException {
        Journal journal = read(text);
        assertThat(journal.faults()).isEmpty();
        assertThat(journal.lines())
                .singleElement()
                .extracting(JournalLine::text)
                .isEqualTo(LINE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\uFEFF", "\n", "\r\n\r\n", "# nothing yet"})
    void anEmptyJournalHasNoLine(String text) throws IOException {
        Journal journal = read(text);
        assertThat(journal.exists()).isTrue();
        assertThat(journal.isReadable()).isTrue();
        assertThat(journal.newest()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void theLinesAreCountedWhateverTheyEndWith(String end) throws IOException {
        String text = String.join(end, "# one", "", "1 ASYNC retired 1 A", "2 AFTER_RELEASE 0f 2 B", "", "x");
        Journal journal = read(text);
        assertThat(journal.lines()).extracting(JournalLine::number).containsExactly(3, 4);
        assertThat(journal.faults()).extracting(JournalFault::line).containsExactly(6);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "x|FIELDS 1:1 1",
                "\"  1 ASYNC 0f 2.4.0\"|FIELDS 1:3 4",
                "1 ASYNC 0f 2.4.0 A B|FIELDS 1:20 6",
                "-1 ASYNC 0f 1 A|VERSION 1:1 -1",
                "_1 ASYNC 0f 1 A|VERSION 1:1 _1",
                "1_ ASYNC 0f 1 A|VERSION 1:1 1_",
                "1LL ASYNC 0f 1 A|VERSION 1:1 1LL",
                "0x1 ASYNC 0f 1 A|VERSION 1:1 0x1",
                "\u0661 ASYNC 0f 1 A|VERSION 1:1 \u0661",
                "9223372036854775808 ASYNC 0f 1 A|VERSION 1:1 9223372036854775808",
                "1 AFTER-RELEASE 0f 1 A|PHASE 1:3 AFTER-RELEASE",
                "1 \u0131sync 0f 1 A|PHASE 1:3 \u0131sync",
                "1 ASYNC 0F 1 A|FINGERPRINT 1:9 0F",
                "1 ASYNC RETIRED 1 A|FINGERPRINT 1:9 RETIRED",
                "1 ASYNC - 1 A|FINGERPRINT 1:9 -",
                "0 OFTEN xx 1 A|VERSION 1:1 0, PHASE 1:3 OFTEN, FINGERPRINT 1:9 xx",
            })
    void whatIsWrongWithALineHasItsPlace(String line, String faults) throws IOException {
        assertThat(faults(line)).isEqualTo(faults);
    }

    @Test
    void twoLinesOfOneVersionAndALineOutOfPlaceNameBoth() throws IOException {
        String text =
                "5 ASYNC 0f 1 A\n#\n5 ASYNC 0f 1 B\n7 ASYNC 0f 1 C\n 6 ASYNC 0f 1 D\n8 ASYNC 0f 1 E\n5 ASYNC 0f 1 F";
        assertThat(faults(text)).isEqualTo("TWICE 3:1 5 (1), ORDER 5:2 6 (4), TWICE 7:1 5 (1)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "<<<<<<< HEAD/5/=======/4/>>>>>>> theirs;CONFLICT 1:1 <<<<<<<",
                "4/<<<<<<< HEAD/5/||||||| base/3/=======/5/>>>>>>> theirs/7;CONFLICT 2:1 <<<<<<<",
                "<<<<<<< a/=======/>>>>>>> b/<<<<<<< c/=======/>>>>>>> d;CONFLICT 1:1 <<<<<<<, CONFLICT 4:1 <<<<<<<",
                "5/=======/4;CONFLICT 2:1 =======",
                "5/>>>>>>> theirs;CONFLICT 2:1 >>>>>>>",
                "5/||||||| base;CONFLICT 2:1 |||||||",
                "<<<<<<< HEAD/x;CONFLICT 1:1 <<<<<<<, FIELDS 2:1 1",
            })
    void aConflictIsOneFaultAndTheOrderIsNotJudgedMeanwhile(String sides, String faults) throws IOException {
        String text = sides.replaceAll("(?m)(^|(?<=/))(\\d)", "$2 ASYNC 0f 1 A").replace('/', '\n');
        assertThat(faults(text)).isEqualTo(faults);
    }

    @ParameterizedTest
    @CsvSource({"'', 1:1", "'1 ASYNC 0f 1 A', 1:15", "'#\r\n\r\nab', 3:3", "'#\r', 2:1", "\uFEFF#, 1:2"})
    void theFirstByteThatIsNoUtf8HasItsPlace(String before, String place) throws IOException {
        Path file = file();
        Files.writeString(file, before);
        Files.write(file, new byte[] {(byte) 0xE9, 'x', '\n'}, StandardOpenOption.APPEND);
        assertThat(written(JournalReader.read(file))).isEqualTo("BYTES " + place);
    }

    @Test
    void aFileOfAnotherEncodingIsNotUtf8() throws IOException {
        Files.write(file(), LINE.getBytes(StandardCharsets.UTF_16));
        assertThat(written(JournalReader.read(file()))).isEqualTo("BYTES 1:1");
    }

    @Test
    void aMissingFileIsAJournalWithoutOne() {
        assertThat(JournalReader.read(directory.resolve("missing/journal")))
                .isEqualTo(Journal.missing(directory.resolve("missing/journal")));
    }

    @Test
    void aDirectoryCannotBeRead() {
        assertThat(written(JournalReader.read(directory))).isEqualTo("FILE 0:0 it is a directory");
    }

    @Test
    void withoutPermissionItCannotBeRead() throws IOException {
        Files.writeString(file(), LINE);
        assumeThat(Files.getFileStore(file()).supportsFileAttributeView("posix"))
                .isTrue();
        Files.setPosixFilePermissions(file(), Set.of());
        assumeThat(Files.isReadable(file())).as("root reads everything").isFalse();
        assertThat(written(JournalReader.read(file()))).isEqualTo("FILE 0:0 the compiler has no permission");
    }

    @Test
    void aHundredThousandLinesAreRead() throws IOException {
        String text = LongStream.rangeClosed(1, 100_000)
                .mapToObj(i -> i + " ASYNC 58ef992ed3c8ad78790b372aff45ad83 2.4.0 com.acme.Plain" + i + "\n")
                .collect(Collectors.joining());
        assertThat(read(text).lines()).hasSize(100_000).last().hasFieldOrPropertyWithValue("number", 100_000);
    }

    private Path file() {
        return directory.resolve("journal");
    }

    private Journal read(String text) throws IOException {
        Files.writeString(file(), text);
        return JournalReader.read(file());
    }

    private String faults(String text) throws IOException {
        return written(read(text));
    }

    private static String written(Journal journal) {
        return journal.faults().stream().map(JournalReaderTest::written).collect(Collectors.joining(", "));
    }

    private static String written(JournalFault fault) {
        String other = fault.other() == 0 ? "" : " (" + fault.other() + ")";
        String detail = fault.kind() == Kind.BYTES ? "" : " " + fault.detail();
        return fault.kind() + " " + fault.line() + ":" + fault.column() + detail + other;
    }
}
