package org.asyncmigrations.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Warnings yield to {@code @SuppressWarnings} at their element and around it, errors do not. */
class SuppressionTest {
    private static final String SUPPRESSED = "@SuppressWarnings({\"unused\", \"%s\"})%n";

    @TempDir
    private Path temporary;

    @ParameterizedTest
    @ValueSource(strings = {"ImplausibleTimestamp", "UnsealedBatch", "UnboundedChange"})
    void aWarningIsSuppressedOnItsClassAndOnAClassAroundIt(String name) {
        String outer = "@Around public class Outer { @Here @AsyncMigration(version = 123456789) @Idempotent(value = "
                + "By.DECLARATION, because = \"…\") public static final class Inner implements " + members(name) + " }";
        String suppressed = SUPPRESSED.formatted(name);
        assertThat(compile(outer, "", "")).contains("[" + name + "]");
        assertThat(compile(outer, suppressed, "")).doesNotContain("[" + name + "]");
        assertThat(compile(outer, "", suppressed)).doesNotContain("[" + name + "]");
    }

    /** Also where the class is not compiled again: the index remembers what it suppresses. */
    @Test
    void aWaitThatHoldsUpOthersIsSuppressedOnItsClass() {
        String first = "package com.acme; import org.asyncmigrations.*; @Here @AsyncMigration(version = 1,"
                + " start = Start.ON_APPROVAL) @Idempotent(By.TRANSACTION) public final class First implements "
                + members("").replace("delete from t", "delete from t where a = 1");
        Project shop = new Project(temporary.resolve("shop")).with(Samples.migration("com.acme.Second", 2));
        shop.write("com.acme.First", first.replace("@Here", ""));
        assertThat(shop.build())
                .contains("[HoldsUpOthers] First")
                .contains("holds up 1 migration; the first is Second");
        shop.write("com.acme.First", first.replace("@Here", SUPPRESSED.formatted("HoldsUpOthers")));
        assertThat(shop.build()).isEmpty();
        assertThat(shop.buildOnly("com.acme.Second")).isEmpty();
    }

    @Test
    void aRegistryElsewhereIsSuppressedOnTheClassThatChoosesThePackage() {
        Project main = new Project(temporary.resolve("main")).with(Samples.migration("com.acme.Main", 7));
        assertThat(main.build()).isEmpty();
        String text = Samples.text(Samples.migration("com.acme.Fix", 8));
        Project plain = new Project(temporary.resolve("plain")).on(main).write("com.acme.Fix", text);
        assertThat(plain.build()).contains("[NameTaken]");
        Project suppressed = new Project(temporary.resolve("suppressed"))
                .on(main)
                .write(
                        "com.acme.Fix",
                        text.replace("@AsyncMigration(", SUPPRESSED.formatted("NameTaken") + "@AsyncMigration("));
        assertThat(suppressed.build()).isEmpty();
    }

    @Test
    void anErrorIsNotSuppressed() {
        String text = "@Here @AsyncMigration(version = 7) public final class Outer implements " + members("");
        assertThat(compile(text, "", SUPPRESSED.formatted("MissingIdempotency")))
                .contains("[MissingIdempotency]");
    }

    private static String compile(String text, String around, String here) {
        String code = "package com.acme; import org.asyncmigrations.*; "
                + text.replace("@Around", around).replace("@Here", here);
        return Compiled.of(List.of(Samples.source("com.acme.Outer", code))).diagnostics();
    }

    private static String members(String name) {
        return name.equals("UnsealedBatch")
                ? "BatchMigration { @Override public BatchKey key() { return BatchKey.of(\"users\", \"id\"); }"
                        + " @Override public long migrate(RowBatch batch) { return 0; } }"
                : "DataMigration { @Override public void migrate(MigrationRun run) { run.execute(\"delete from t\"); } }";
    }
}
