package org.asyncmigrations.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javax.tools.JavaFileObject;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.Phase;
import org.asyncmigrations.SchemaMigration;
import org.asyncmigrations.dispatch.MigrationCatalog;
import org.junit.jupiter.api.Test;

/** Migrations that change the schema, against the real runtime. */
class SchemaMigrationsTest {
    private static final String[] STRICT = {"-Xlint:all,-processing", "-Werror"};

    private static JavaFileObject source(String name, String annotation, String change) {
        return Samples.source("com.acme." + name, """
                package com.acme;

                import org.asyncmigrations.*;
                import org.jooq.impl.DSL;

                %s
                public final class %s implements SchemaMigration {
                    @Override
                    public SchemaChange change() {
                        return SchemaChange.%s;
                    }
                }
                """.formatted(annotation, name, change));
    }

    @Test
    void theyNeedNoMarkerAndAreInTheCatalogWithTheirPhase() throws Exception {
        Compiled compiled = Compiled.of(
                        List.of(
                                source(
                                        "Index",
                                        "@AsyncMigration(version = 1, description = \"faster\")",
                                        "createIndex(\"i\").on(DSL.table(\"orders\"), DSL.field(\"city\"))"),
                                source(
                                        "Drop",
                                        "@AfterRelease(version = 2, after = Index.class, transactional = false)\n"
                                                + "@ChangesSchema(because = \"it need not say so\")",
                                        "dropColumn(DSL.table(\"orders\"), \"town\")")),
                        STRICT)
                .succeeds();
        MigrationCatalog<?> catalog = Loaded.of(compiled).catalog("com.acme.AsyncMigrationRegistry");
        List<MigrationEntry> entries = catalog.entries();
        assertThat(entries)
                .containsExactly(
                        MigrationEntry.schema(
                                        1,
                                        "com.acme.Index",
                                        Phase.ASYNC,
                                        entries.get(0).fingerprint())
                                .describedAs("faster"),
                        MigrationEntry.schema(
                                        2,
                                        "com.acme.Drop",
                                        Phase.AFTER_RELEASE,
                                        entries.get(1).fingerprint())
                                .after(1L));
        assertThat(entries).noneMatch(MigrationEntry::transactional).allMatch(MigrationEntry::mayChangeSchema);
        assertThat(catalog.create(0)).isInstanceOf(SchemaMigration.class);
    }
}
