package org.asyncmigrations.processor.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Layout never changes a fingerprint; a token always does. */
class FingerprintTest {
    private static final String CODE = """
            public final class Backfill implements DataMigration {
                private final List<List<String>> names = null;

                public void migrate(MigrationRun run) {
                    run.dsl().execute("update users set a = 'x' where b = 1", 1e-9, 'c', 0x1p+3, i++ + j);
                }
            }""";

    @Test
    void itIsSixteenBytesInHexadecimal() {
        assertThat(of(CODE)).matches("[0-9a-f]{32}");
    }

    @Test
    void itIsTheSameInEveryReleaseOfTheProcessor() {
        assertThat(of(CODE)).isEqualTo("1913cf85314dda9155e92a89e55c1dd2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{|{ // a comment",
                "{|/* a \" comment */ {",
                "public|/** A comment. */ @AsyncMigration(version = 7, description = \")\") @Idempotent public",
                "private|@java.lang.SuppressWarnings({\"a\", \"b\"}) private",
                "MigrationRun run|@Nullable MigrationRun run",
                "List<List<String>>|List<List<String> >",
                "\"update users set a|\"update\" + \" users \" + \"set a",
                "\"update users set a = 'x' where b = 1\"|`\"\"\"\n  update users \\\n  set a = 'x' where b = 1\"\"\"`",
                "Backfill|BackfillNames",
            })
    void layoutDoesNotChangeIt(String from, String to) {
        String other = CODE.replace(from, to);
        assertThat(other).isNotEqualTo(CODE);
        assertThat(of(other, to.equals("BackfillNames") ? to : "Backfill")).isEqualTo(of(CODE));
    }

    @Test
    void lineEndsDoNotChangeIt() {
        assertThat(of(CODE.replace("\n", "\r\n"))).isEqualTo(of(CODE));
        assertThat(of(CODE.replaceAll("\\s+", " "))).isEqualTo(of(CODE));
        String commented = CODE.replace("{\n", "{ // so\n").replace("\n", "\r");
        assertThat(of(commented)).isEqualTo(of(CODE));
        assertThat(of(commented.replace("b = 1", "b = 2"))).isNotEqualTo(of(CODE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "b = 1|b = 2",
                "b = 1|b  = 1",
                "public|protected",
                "final|",
                "1e-9|1e-8",
                "'c'|'d'",
                "0x1p+3|0x1p+4",
                "i++ + j|i + ++j",
                "i++ + j|i++ - j",
                "List<List<String>>|List<Set<String>>",
                "migrate|migrated",
                "1\"|1\\n\"",
                "\"update users set a|\"update\" - \" users set a",
            })
    void aTokenChangesIt(String from, String to) {
        String other = CODE.replace(from, to == null ? "" : to);
        assertThat(other).isNotEqualTo(CODE);
        assertThat(of(other)).isNotEqualTo(of(CODE));
    }

    @Test
    void stringsThatAreSelectedFromAreNotJoined() {
        assertThat(of("x(\"a\" + \"b\".length())")).isNotEqualTo(of("x(\"ab\".length())"));
    }

    @Test
    void anAnnotationDeclaredInsideCounts() {
        assertThat(of("class A { @interface B {} }")).isNotEqualTo(of("class A { B {} }"));
    }

    @Test
    void neighboursAreNotMistakenForOne() {
        assertThat(of("x(\"a\", \"b\")")).isNotEqualTo(of("x(\"a, b\")"));
        assertThat(of("ab c")).isNotEqualTo(of("a bc"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"",
                "\"\"\"",
                "\"\"\"\n",
                "\"\"\"\nabc\\",
                "'",
                "'\\",
                "\"\\",
                "/*",
                "//",
                "@",
                "@a.",
                "@a(",
                "@a((\")",
                "1.",
                ".1",
                "1e+",
                "0x",
                "\\",
                "\"\\q\"",
                "\uD83D\uDE00",
                "\uD83D",
                "}",
                "",
            })
    void whatIsNoCodeHasAFingerprintToo(String text) {
        assertThat(of(text)).matches("[0-9a-f]{32}");
    }

    private static String of(String text) {
        return of(text, "Backfill");
    }

    private static String of(String text, String name) {
        return Fingerprint.of(new ClassText(text, List.of(name), List.of()));
    }
}
