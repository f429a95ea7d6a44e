package org.asyncmigrations.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a compile of a few files writes is what a compile of all after a clean would, to the byte. */
class PartialBuildTest {
    @TempDir
    Path directory;

    private Project shop;

    @BeforeEach
    void buildTheShop() {
        // Without the application, which would not compile where a test changes what it calls.
        shop = new Project(directory.resolve("shop")).withSample("good/shop").delete("com.acme.shop.Start");
        assertThat(shop.build()).isEmpty();
    }

    @Test
    void allFilesOnceMoreOverTheOldClassesGiveTheSame() {
        var whole = shop.written();
        shop.write("com.acme.shop.Start", Samples.text("good/shop/Start.java"));
        assertThat(shop.build("-Xlint:all,-processing", "-Werror")).isEmpty();
        assertThat(shop.written()).isEqualTo(whole);
    }

    @ParameterizedTest
    @ValueSource(strings = {"BackfillEmailLower", "ForgetLegacyTokens", "Outer", "Close"})
    void oneFileGivesWhatAllGive(String simpleName) {
        var whole = shop.written();
        assertThat(shop.buildOnly("com.acme.shop." + simpleName)).isEmpty();
        assertThat(shop.written()).isEqualTo(whole).isEqualTo(shop.writtenFromClean());
    }

    @Test
    void aClassThatIsAddedJoinsTheOthers() {
        shop.with(Samples.migration("com.acme.shop.Added", 20261120_120000L));
        assertThat(shop.buildOnly("com.acme.shop.Added")).isEmpty();
        assertThat(shop.written()).isEqualTo(shop.writtenFromClean());
    }

    @Test
    void aClassThatIsDeletedIsForgotten() {
        shop.delete("com.acme.shop.ForgetLegacyTokens");
        assertThat(shop.buildOnly("com.acme.shop.Close")).isEmpty();
        assertThat(shop.written()).isEqualTo(shop.writtenFromClean());
    }

    @Test
    void aClassThatIsRenamedIsKnownByItsNewNameAlone() {
        String text = Samples.text("good/shop/ForgetLegacyTokens.java").replace("ForgetLegacyTokens", "ForgetTokens");
        shop.delete("com.acme.shop.ForgetLegacyTokens").write("com.acme.shop.ForgetTokens", text);
        assertThat(shop.buildOnly("com.acme.shop.ForgetTokens")).isEmpty();
        assertThat(shop.written()).isEqualTo(shop.writtenFromClean());
    }

    @Test
    void aClassThatIsMovedIsKnownByItsNewPackageAlone() {
        shop.write("com.acme.shop.package-info", "@org.asyncmigrations.AsyncMigrations package com.acme.shop;");
        shop.with(Samples.migration("com.acme.shop.Moved", 7));
        assertThat(shop.buildOnly("com.acme.shop.package-info", "com.acme.shop.Moved"))
                .contains("ImplausibleTimestamp");
        shop.delete("com.acme.shop.Moved").with(Samples.migration("com.acme.shop.later.Moved", 20261122_120000L));
        assertThat(shop.buildOnly("com.acme.shop.later.Moved")).isEmpty();
        assertThat(shop.written()).isEqualTo(shop.writtenFromClean());
    }

    @Test
    void aVersionThatIsChangedMovesTheClassInTheOrder() {
        shop.write(
                "com.acme.shop.Close",
                Samples.text("good/shop/Close.java").replace("20261121_100000L", "20261119_100000L"));
        assertThat(shop.buildOnly("com.acme.shop.Close")).isEmpty();
        assertThat(shop.written()).isEqualTo(shop.writtenFromClean());
    }

    @Test
    void aConstructorThatIsChangedChangesTheServices() {
        String text = Samples.text("good/shop/Close.java");
        shop.write("com.acme.shop.Close", text.replace("int wait", "long pause").replace("wait", "pause"));
        assertThat(shop.buildOnly("com.acme.shop.Close")).isEmpty();
        assertThat(shop.written())
                .isEqualTo(shop.writtenFromClean())
                .satisfies(written -> assertThat(written.get("generated/com/acme/shop/Services.java"))
                        .contains("long pause"));
    }

    @Test
    void aClassThatIsAMigrationNoMoreIsForgotten() {
        shop.write("com.acme.shop.Close", "package com.acme.shop; public final class Close {}");
        assertThat(shop.buildOnly("com.acme.shop.Close", "com.acme.shop.Outer")).isEmpty();
        assertThat(shop.written()).isEqualTo(shop.writtenFromClean());
    }

    @Test
    void aNestedClassThatIsDeletedIsForgottenThoughItsClassFileIsThere() throws IOException {
        String text = Samples.text("good/shop/Outer.java");
        shop.write("com.acme.shop.Outer", text.replace("URLBackfill", "UrlBackfill"));
        assertThat(shop.buildOnly("com.acme.shop.Outer")).isEmpty();
        assertThat(Files.exists(shop.classes().resolve("com/acme/shop/Outer$URLBackfill.class")))
                .isTrue();
        assertThat(shop.written()).isEqualTo(shop.writtenFromClean());
    }

    @Test
    void theCatalogForToolsNamesEachMigration() {
        assertThat(shop.written().get("classes/META-INF/async-migrations/catalog"))
                .hasLineCount(5)
                .startsWith("20261120_000000 ASYNC 0c714aa95d6d365706c577a75388c47e com.acme.shop.Outer.Nested\n")
                .endsWith("20261122_090000 AFTER_RELEASE 32459ebe862f659b59feae7a7ec256a5"
                        + " com.acme.shop.ForgetLegacyTokens\n");
    }
}
