package org.asyncmigrations.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kotlin, as kapt shows it: stubs whose bodies are empty, here written by hand. */
class KotlinStubsTest {
    private static final JavaFileObject METADATA = Samples.source("kotlin.Metadata", """
            package kotlin;

            public @interface Metadata {
                int k() default 1;
            }
            """);

    private static final JavaFileObject FILL = stub("FillPhones", "AsyncMigration(version = 1)", """
            public FillPhones(java.time.Clock clock) {}
            """);

    private static final JavaFileObject DROP = stub("DropPhones", "AfterRelease(version = 2)", "");

    private static final JavaFileObject JAVA = Samples.migration("com.acme.Plain", 3);

    @TempDir
    private Path directory;

    private JournaledModule shop;

    @BeforeEach
    void beginJournal() throws IOException {
        shop = new JournaledModule(directory.resolve("journal")).write("");
    }

    @Test
    void onlyTheFingerprintsOfJavaAreKnown() {
        String registry =
                shop.compile(List.of(METADATA, FILL, DROP, JAVA)).succeeds().generated("AsyncMigrationRegistry");
        assertThat(registry.split("\"-\"", -1)).hasSize(3);
        assertThat(registry).contains("fillPhones()", "dropPhones()").containsPattern("\"[0-9a-f]{32}\"");
    }

    @Test
    void releasedCodeThatCannotBeSeenHasNotChanged() throws IOException {
        shop.write("1 ASYNC 0f 1.0 com.acme.FillPhones\n");
        shop.compile(List.of(METADATA, FILL)).succeeds();
    }

    @Test
    void phaseOrderAndPresenceAreCheckedWithoutBodies() throws IOException {
        shop.write("2 ASYNC unread 1.0 com.acme.DropPhones\n4 ASYNC unread 1.0 com.acme.Gone\n");
        assertThat(shop.findings(List.of(METADATA, FILL, DROP)))
                .contains("[OutOfOrderVersion]", "[ReleasedMigrationChanged] the phase", "[ReleasedMigrationMissing]")
                .contains("this line: 2 AFTER_RELEASE unread 1.0 com.acme.DropPhones")
                .hasLineCount(3);
    }

    @Test
    void codeThatWasReleasedUnreadIsNotSaidToHaveChangedWhenItCanBeRead() throws IOException {
        shop.write("3 ASYNC unread 1.0 com.acme.Plain\n");
        shop.compile(List.of(JAVA)).succeeds();
    }

    @Test
    void theEmptyBodyOfABackfillIsNotJudged() throws IOException {
        JavaFileObject backfill = Samples.source("com.acme.Backfill", """
                package com.acme;

                @kotlin.Metadata(k = 1)
                @org.asyncmigrations.AsyncMigration(version = 5)
                public final class Backfill implements org.asyncmigrations.SqlBackfill {
                    @java.lang.Override()
                    public org.asyncmigrations.Backfill backfill() {
                        return null;
                    }
                }
                """);
        shop.compile(List.of(METADATA, backfill)).succeeds();
    }

    private static JavaFileObject stub(String name, String annotation, String constructor) {
        return Samples.source("com.acme." + name, """
                package com.acme;

                @kotlin.Metadata(k = 1)
                @org.asyncmigrations.%s
                @org.asyncmigrations.Idempotent(value = org.asyncmigrations.By.TRANSACTION)
                public final class %s implements org.asyncmigrations.DataMigration {
                    %s
                    @java.lang.Override()
                    public void migrate(org.asyncmigrations.MigrationRun run) {}
                }
                """.formatted(annotation, name, constructor));
    }
}
