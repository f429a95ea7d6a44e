package org.asyncmigrations.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetiredColumnsFileTest {
    @TempDir
    private Path directory;

    @Test
    void anEntryIsALineAndTheRestIsForPeople() throws IOException {
        List<RetiredColumn> columns = read("""
                # what goes, and when

                customers.full_name      since 2.4.0  dropped by 20261201_090000  # now in two columns
                shop.orders.legacy_code  since 2.5.0  dropped later  filled by legacy_trigger
                """);
        assertThat(columns)
                .containsExactly(
                        new RetiredColumn(
                                new Place(3, 1), null, "customers", "full_name", "2.4.0", "20261201_090000", null),
                        new RetiredColumn(
                                new Place(4, 1), "shop", "orders", "legacy_code", "2.5.0", null, "legacy_trigger"));
        assertThat(columns.get(1)).hasToString("shop.orders.legacy_code");
    }

    @Test
    void namesThatNeedQuotesHaveThem() throws IOException {
        RetiredColumn column =
                read("\"order items\".\"price.net\" since 2 dropped later").get(0);
        assertThat(column.table()).isEqualTo("order items");
        assertThat(column.name()).isEqualTo("price.net");
    }

    @Test
    void aByteOrderMarkIsNoPartOfAName() throws IOException {
        assertThat(read("\uFEFFa.b since 2 dropped later").get(0).table()).isEqualTo("a");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            nickname since 2 dropped later         | 1:1  | a column must be written table.column or schema.table.column, not nickname
            a.b.c.d since 2 dropped later          | 1:1  | a column must be written table.column or schema.table.column, not a.b.c.d
            a..b since 2 dropped later             | 1:1  | a column must be written table.column or schema.table.column, not a..b
            a.b sinse 2 dropped later              | 1:5  | "since" must stand here, not sinse
            a.b since 2 dropped to 3               | 1:21 | "by" must stand here, not to
            a.b since 2   # dropped by 3           | 1:12 | "dropped" must follow
            a.b since 2 dropped by                 | 1:23 | the version of the migration that drops it must follow
            a.b since 2 dropped later filled by    | 1:36 | what fills it must follow
            a.b since 2 dropped by 3 and by 4      | 1:26 | nothing may follow, not and
            """)
    void whatIsNoEntryIsAnErrorAtItsPlace(String line, String place, String text) throws IOException {
        Findings findings = findings(line);
        assertThat(findings.errors()).hasSize(1);
        assertThat(findings.errors().get(0).text())
                .startsWith(directory.resolve("retired-columns") + ":" + place + ": error: [UnreadableRetiredColumns] "
                        + text + "; " + Entry.FORM);
    }

    @Test
    void allErrorsOfAFileAreSaidAtOnce() throws IOException {
        assertThat(findings("a since 2\na.b since 2 dropped later\nc").errors()).hasSize(2);
    }

    @Test
    void aFileThatIsNoTextSaysSo() throws IOException {
        Path file = directory.resolve("retired-columns");
        Files.write(file, new byte[] {(byte) 0xFF, (byte) 0xFE, 0});
        Findings findings = new Findings(file);
        assertThat(RetiredColumnsFile.read(file, findings)).isEmpty();
        assertThat(findings.errors().get(0).text()).endsWith("the file must be text in UTF-8");
    }

    private List<RetiredColumn> read(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("retired-columns"), text);
        Findings findings = new Findings(file);
        List<RetiredColumn> columns = RetiredColumnsFile.read(file, findings);
        assertThat(findings.errors()).isEmpty();
        return columns;
    }

    private Findings findings(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("retired-columns"), text);
        Findings findings = new Findings(file);
        RetiredColumnsFile.read(file, findings);
        return findings;
    }
}
