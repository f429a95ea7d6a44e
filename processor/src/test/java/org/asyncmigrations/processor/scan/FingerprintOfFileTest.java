package org.asyncmigrations.processor.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.JavaFileObjects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a migration uses of its own file is part of its fingerprint, and what it does not use is none. */
class FingerprintOfFileTest {
    private static final String FILE = """
            package com.acme;

            import java.util.*;
            import java.io.File;

            /** Two migrations in one file. */
            final class Backfills extends Base {
                private static final int LIMIT = 10;
                private static final int UNUSED = 1;
                static final List<String> NAMES = new ArrayList<>();

                static {
                    NAMES.add("first");
                }

                static String lower(String text) {
                    return fold(text);
                }

                private static String fold(String text) {
                    return text.toLowerCase();
                }

                @AsyncMigration(version = 1)
                static final class One implements DataMigration {
                    public void migrate(MigrationRun run) {
                        run.dsl().execute(lower("A"), LIMIT, new Line(2), Backfills.NAMES);
                    }
                }

                @AsyncMigration(version = 2)
                static final class Two implements DataMigration {
                    public void migrate(MigrationRun run) {
                        run.dsl().execute("b");
                    }
                }
            }

            record Line(int number) {
                int doubled() {
                    return number * 2;
                }
            }

            enum Colour { RED }
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LIMIT = 10|LIMIT = 11",
                "return fold(text)|return fold(text + text)",
                "toLowerCase|toUpperCase",
                "\"first\"|\"second\"",
                "number * 2|number * 3",
                "new ArrayList|new LinkedList",
            })
    void whatItUsesChangesIt(String from, String to) {
        assertThat(of("One", FILE.replace(from, to))).isNotEqualTo(of("One", FILE));
        assertThat(of("Two", FILE.replace(from, to))).isEqualTo(of("Two", FILE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UNUSED = 1|UNUSED = 2",
                "RED|RED, GREEN",
                "execute(\"b\")|execute(\"c\")",
                "import java.util.*;|import java.util.List; import java.util.ArrayList;",
                "package com.acme|package com.example",
                "Two migrations|Several migrations",
                "Backfills|Fillings",
                "private static final int LIMIT|@Deprecated private static final int LIMIT",
                "One implements|Uno implements",
            })
    void whatItDoesNotUseIsNoPartOfIt(String from, String to) {
        assertThat(FILE).contains(from);
        String name = to.startsWith("Uno") ? "Uno" : "One";
        assertThat(of(name, FILE.replace(from, to))).isEqualTo(of("One", FILE));
    }

    @Test
    void aClassAloneInItsFileHasTheFingerprintOfItsText() {
        String text = "class A { int a = 1; }";
        assertThat(of("A", "package a; import b.C; " + text + " class B {}")).isEqualTo(of("A", text));
    }

    private static String of(String className, String file) {
        Parsed parsed = Parsed.of(JavaFileObjects.forSourceString("com.acme.Backfills", file));
        assertThat(parsed.valid()).isTrue();
        return parsed.of(className);
    }
}
