package org.asyncmigrations.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.annotation.processing.Processor;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code migrate} does with its batch: found next to Lombok and in tangled code, and no fault in code that does not compile. */
class BatchUseTest {
    private static final String SLIP = "batch.dsl().update(org.jooq.impl.DSL.table(\"a\")).set(null, 1).execute();";

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSlipIsFoundNextToLombok(boolean lombokFirst) throws ReflectiveOperationException {
        Processor lombok = (Processor) Class.forName("lombok.launch.AnnotationProcessorHider$AnnotationProcessor")
                .getDeclaredConstructor()
                .newInstance();
        Processor ours = new MigrationProcessor();
        JavaFileObject source = batch("""
                lombok.val dsl = batch.dsl();
                @lombok.Cleanup java.io.Closeable closed = service;
                return dsl.fetchCount(org.jooq.impl.DSL.table("a"));
                """, "@lombok.NonNull private final java.io.Closeable service;");
        Compiled compiled = Compiled.with(lombokFirst ? List.of(lombok, ours) : List.of(ours, lombok), List.of(source));
        assertThat(compiled.diagnostics().lines().filter(line -> line.contains("[BatchRowsUnused]")))
                .hasSize(1);
    }

    /** The connection restricts nothing, and a text that is sent past the batch is not the batch's. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "try (var s = batch.connection().prepareStatement(\"select 1\")) { return s.executeUpdate(); }",
                "return batch.execute(\"update a set b = 1\");",
                "RowBatch same = batch; return same.execute(\"update a set b = 1 where c = ?\", 1);",
                "return f(batch); } long f(RowBatch rows) { return rows.execute(\"delete from a\");",
                "batch.rows(); " + SLIP
                        + " return 0; } @Override public BatchKey key() { return BatchKey.of(\"a\", \"id\");",
            })
    void aSlipWithoutJooqIsFound(String statements) {
        assertThat(Compiled.of(List.of(batch(statements, ""))).diagnostics().lines())
                .filteredOn(line -> !line.contains("lombok"))
                .hasSize(1)
                .allMatch(line -> line.contains("[BatchRowsUnused]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "batch.dsl(",
                "Missing m = batch.dsl(); m.update(1).execute(); return 0;",
                "batch(batch); batch.batch(batch); this.batch(batch, batch); super.migrate(batch); return Missing.m(batch);",
                "batch.dsl().update().execute(); batch.dsl().deleteFrom(1, 2).execute(); return batch;",
                "migrate(batch); migrate(); return f(batch); } long f(Missing batch) { return f(batch); } long f {",
                "return g(batch); } abstract long g(RowBatch batch); public BatchKey key() { return of(); } {",
                "return 0; } public long migrate(RowBatch) { } public long migrate() {",
                "return 0; } public BatchKey key() { return BatchKey.of(); } public BatchKey key() { return BatchKey.of(ID); } {",
            })
    void aBodyThatTheCompilerRefusesBreaksNothing(String statements) {
        assertThat(Compiled.of(List.of(batch(statements, ""))).diagnostics())
                .contains("error: ")
                .doesNotContain("[ProcessorFault]");
    }

    @Test
    void methodsThatCallEachOtherInManyWaysAreReadInNoTime() {
        String helpers = IntStream.range(0, 60)
                .mapToObj(
                        i -> "void f%d(RowBatch batch, int i) { if (i > 0) { f%d(batch, i); f%d(batch, i - 1); } %s }\n"
                                .formatted(i, (i + 1) % 60, (i + 7) % 60, SLIP))
                .collect(Collectors.joining());
        String diagnostics =
                Compiled.of(List.of(batch("f0(batch, 1); return 0;", helpers))).diagnostics();
        assertThat(diagnostics.lines().filter(line -> line.contains("[BatchRowsUnused]")))
                .hasSize(60);
    }

    private static JavaFileObject batch(String statements, String members) {
        return Samples.source("com.acme.Broken", """
                package com.acme;

                import org.asyncmigrations.*;

                @AsyncMigration(version = 7)
                @Idempotent(By.PENDING_ROWS)
                @lombok.RequiredArgsConstructor
                public final class Broken extends Base {
                    @Override
                    public long migrate(RowBatch batch) throws Exception {
                        %s
                    }

                    %s
                }

                abstract class Base implements BatchMigration {
                    @Override
                    public BatchKey key() {
                        return BatchKey.of(org.jooq.impl.DSL.table("a"), org.jooq.impl.DSL.field("id", Long.class));
                    }

                    @Override
                    public org.jooq.Condition pending() {
                        return org.jooq.impl.DSL.trueCondition();
                    }
                }
                """.formatted(statements, members));
    }
}
