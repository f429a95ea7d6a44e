package org.asyncmigrations.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.tools.JavaFileObject;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.RetiredColumn;
import org.asyncmigrations.dispatch.MigrationCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the generated catalog says of columns that are taken away, against the real runtime. */
class RetiredColumnsTest {
    private static final String[] STRICT = {"-Xlint:all,-processing", "-Werror"};

    @Test
    void theColumnsComeWithTheTableOfTheGeneratedClass() throws Exception {
        MigrationCatalog<?> catalog = Loaded.of(Compiled.of(Samples.sources("good/content")))
                .catalog("com.acme.content.AsyncMigrationRegistry");
        assertThat(catalog.retiredColumns(0)).extracting(RetiredColumn::name).containsExactly("nickname", "users");
        assertThat(catalog.retiredColumns(0))
                .extracting(column -> column.table().getName())
                .containsOnly("users");
        assertThat(catalog.retiredColumns(1)).isEmpty();
    }

    @Test
    void theEntrySaysThatItMayChangeTheSchema() throws Exception {
        MigrationCatalog<?> catalog = Loaded.of(Compiled.of(Samples.sources("good/content")))
                .catalog("com.acme.content.AsyncMigrationRegistry");
        assertThat(catalog.entries().stream().filter(MigrationEntry::changesSchema))
                .singleElement()
                .extracting(MigrationEntry::name)
                .isEqualTo("com.acme.content.Permitted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "public static final Users HERE = new Users();|Users.HERE",
                "private static final Users HERE = new Users();|new Users()",
                "public static final Object HERE = new Users();|new Users()",
            })
    void theTableIsTakenFromItsConstantOrMade(String cases) throws Exception {
        Compiled compiled = Compiled.of(build(1, cases.split("\\|")[0])).succeeds();
        assertThat(compiled.generated("AsyncMigrationRegistry"))
                .contains("new RetiredColumn(" + cases.split("\\|")[1] + ", \"gone\")");
    }

    @ParameterizedTest
    @ValueSource(strings = {"private Users() { super(\"users\"); }", "public Users(int a) { super(\"users\"); }"})
    void aTableThatCannotBeHadIsLeftOut(String constructor) {
        Compiled compiled = Compiled.of(build(1, constructor)).isCompiled();
        assertThat(compiled.generated("AsyncMigrationRegistry")).doesNotContain("RetiredColumn");
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 1_100})
    void aLargeCatalogHasThemTooInItsParts(int count) throws Exception {
        Compiled compiled = Compiled.of(build(count, ""), STRICT).succeeds();
        MigrationCatalog<?> catalog = Loaded.of(compiled).catalog("com.acme.AsyncMigrationRegistry");
        for (int i = 0; i < count; i++) {
            assertThat(catalog.retiredColumns(i)).hasSize(i == count - 1 ? 1 : 0);
        }
    }

    private static List<JavaFileObject> build(int count, String member) {
        List<JavaFileObject> sources = new ArrayList<>();
        IntStream.range(1, count).forEach(i -> sources.add(Samples.migration("com.acme.Migration" + i, i)));
        sources.add(Samples.source("com.acme.Retire", """
                package com.acme;

                import org.asyncmigrations.*;

                @AsyncMigration(version = %d)
                @Idempotent(By.TRANSACTION)
                @RetiresColumn(table = Users.class, name = "gone")
                public final class Retire implements DataMigration {
                    @Override
                    public void migrate(MigrationRun run) {}
                }
                """.formatted(count)));
        sources.add(Samples.source("com.acme.Users", """
                package com.acme;

                @SuppressWarnings("serial")
                public final class Users extends org.jooq.impl.TableImpl<org.jooq.Record> {
                    %s
                    %s
                }
                """.formatted(
                member,
                member.contains("super") ? "" : "public Users() { super(org.jooq.impl.DSL.name(\"users\")); }")));
        return sources;
    }
}
