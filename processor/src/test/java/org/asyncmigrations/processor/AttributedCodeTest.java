package org.asyncmigrations.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.JavaCompiler;
import javax.tools.JavaCompiler.CompilationTask;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Code is read as javac has attributed it: whatever a name, a type variable or a lambda stands for. */
class AttributedCodeTest {
    private static final String FOUND = "[SchemaChangeAfterRelease]";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop(run.dsl()); } static <T extends org.jooq.DSLContext> void drop(T dsl) { dsl.dropTable(\"a\").execute();",
                "var all = java.util.Map.of(1, run.dsl()); for (var e : all.entrySet()) e.getValue().dropTable(\"a\").execute();",
                "with(run.dsl(), sql -> sql.dropTable(\"a\").execute()); } interface Step<T> { void on(@Nullable T target); }"
                        + " static void with(org.jooq.DSLContext dsl, Step<org.jooq.DSLContext> step) { step.on(dsl);",
                "sender = run.dsl(); java.util.List.of(\"drop table a\").forEach(this::send); } org.jooq.DSLContext sender;"
                        + " private void send(String sql) { sender.execute(sql);",
                "java.util.function.Function<String, ?> drop = run.dsl()::dropTable; drop.apply(\"a\");",
                "java.util.Optional.of(run).map(MigrationRun::dsl).ifPresent(d -> d.execute(\"drop table a\"));",
            })
    void aSchemaChangeIsFoundWhateverItIsCalledOn(String statements) {
        assertThat(found(migration("", statements))).hasSize(1);
    }

    @Test
    void whatIsInheritedIsFoundIfItIsReached() {
        JavaFileObject base = Samples.source("com.acme.Base", """
                package com.acme;

                abstract class Base extends Root {
                    protected void dropOld(org.jooq.DSLContext dsl) {
                        helper(dsl);
                    }

                    private void helper(org.jooq.DSLContext dsl) {
                        dsl.dropTable("old").execute(); // 9
                    }

                    protected void neverCalled(org.jooq.DSLContext dsl) {
                        dsl.dropTable("never").execute();
                    }

                    protected void overridden(org.jooq.DSLContext dsl) {
                        dsl.dropTable("overridden").execute();
                    }

                    protected final void send(org.jooq.DSLContext dsl, String sql) {
                        sendOn(dsl, sql);
                    }
                }
                """);
        JavaFileObject root = Samples.source("com.acme.Root", """
                package com.acme;

                class Root {
                    void sendOn(org.jooq.DSLContext dsl, String sql) {
                        dsl.execute(sql);
                    }
                }
                """);
        JavaFileObject migration = migration("extends Base", """
                dropOld(run.dsl());
                        overridden(run.dsl());
                        send(run.dsl(), "select 1");
                        send(run.dsl(), "drop table handed"); // 13
                    }

                    @Override
                    protected void overridden(org.jooq.DSLContext dsl) {""");
        for (List<JavaFileObject> order : List.of(List.of(migration, base, root), List.of(root, base, migration))) {
            assertThat(Compiled.of(order).diagnostics().lines().filter(line -> line.contains(FOUND)))
                    .hasSize(2)
                    .anyMatch(line -> line.startsWith("Base.java:9:12:"))
                    .anyMatch(line -> line.startsWith("Drop.java:13:"));
        }
    }

    @Test
    void aSlipInAnInheritedMigrateIsFound() {
        JavaFileObject base = Samples.source("com.acme.Base", """
                package com.acme;

                import org.asyncmigrations.*;
                import org.jooq.impl.DSL;

                abstract class Base implements BatchMigration {
                    @Override
                    public long migrate(RowBatch batch) {
                        batch.rows();
                        return batch.dsl().deleteFrom(DSL.table("users")).execute();
                    }
                }
                """);
        JavaFileObject migration = Samples.source("com.acme.Fill", """
                package com.acme;

                import org.asyncmigrations.*;
                import org.jooq.impl.DSL;

                @AsyncMigration(version = 7)
                @Idempotent(By.PENDING_ROWS)
                final class Fill extends Base {
                    @Override
                    public BatchKey key() {
                        return BatchKey.of(DSL.table(DSL.name("users")), DSL.field("id", Long.class));
                    }

                    @Override
                    public org.jooq.Condition pending() {
                        return DSL.trueCondition();
                    }
                }
                """);
        assertThat(Compiled.of(List.of(migration, base)).diagnostics())
                .hasLineCount(1)
                .startsWith("Base.java:10:27: error: [BatchRowsUnused] migrate() of Fill must");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatLombokWritesHidesNothing(boolean lombokFirst) throws ReflectiveOperationException {
        Processor lombok = (Processor) Class.forName("lombok.launch.AnnotationProcessorHider$AnnotationProcessor")
                .getDeclaredConstructor()
                .newInstance();
        Processor ours = new MigrationProcessor();
        JavaFileObject source = migration("", """
                lombok.val dsl = run.dsl();
                        dsl.dropTable("a").execute(); // 11
                        lombok.val text = "drop table b"; dsl.execute(text); // 12
                        dsl.execute(getDrop()); // 13
                    }

                    @lombok.Getter
                    private static final String drop = "drop table c";

                    static {""");
        Compiled compiled = Compiled.with(lombokFirst ? List.of(lombok, ours) : List.of(ours, lombok), List.of(source));
        assertThat(compiled.diagnostics().lines().filter(line -> line.contains(FOUND)))
                .extracting(line -> line.split(":")[1])
                .containsExactly("11", "12", "13");
    }

    @Test
    void aTemporaryTableOfItsOwnIsNoSchemaChange() {
        assertThat(found(migration("", """
                org.jooq.Table<?> table = org.jooq.impl.DSL.table("t");
                        run.dsl().createTemporaryTable(table).column("a", org.jooq.impl.SQLDataType.BIGINT).execute();
                        run.dsl().truncate(table).execute();
                        run.dsl().createIndex("i").on(table, org.jooq.impl.DSL.field("a")).execute();
                        run.dsl().dropTable(table).execute();
                        run.dsl().execute("create temporary table named (id int)");
                        run.dsl().dropTable("named").execute();
                        run.dsl().dropTable(org.jooq.impl.DSL.table(org.jooq.impl.DSL.name("named"))).execute();"""))).isEmpty();
        assertThat(found(migration("", """
                run.dsl().createTemporaryTable("t").column("a", org.jooq.impl.SQLDataType.BIGINT).execute();
                        run.dsl().dropTable("users").execute();"""))).hasSize(1);
    }

    /** The same statements as the runtime's: both sides have one lexer. */
    @Test
    void textsAreReadAsAtRunTime() throws Exception {
        Path statements = Path.of("../runtime/core/src/test/resources/org/asyncmigrations/sql/statements.txt");
        List<String[]> lines = Files.readAllLines(statements).stream()
                .filter(line -> line.contains(" | ") && !line.startsWith("#"))
                .map(line -> line.split(" \\| ", 3))
                .toList();
        StringBuilder code = new StringBuilder("package com.acme; import org.asyncmigrations.*; class Drop {\n");
        for (int i = 0; i < lines.size(); i++) {
            String sql = lines.get(i)[2]
                    .replaceAll("\\\\(?![nt])", "\\\\\\\\")
                    .replace("\"", "\\\"")
                    .replace("…", "\" + run + \"");
            code.append("""
                    @AfterRelease(version = %d) @Idempotent(By.TRANSACTION) static class M%1$d implements DataMigration {
                    public void migrate(MigrationRun run) {
                    run.dsl().execute("create temporary table mine (a int); create temporary table yours (a int)");
                    run.dsl().execute("%s"); }}
                    """.formatted(i + 1, sql));
        }
        List<String> found = Compiled.of(List.of(Samples.source("com.acme.Drop", code + "}")), "-Xmaxerrs", "1000")
                .diagnostics()
                .lines()
                .toList();
        for (int i = 0; i < lines.size(); i++) {
            String place = "Drop.java:" + (4 * i + 5) + ":";
            String[] line = lines.get(i);
            boolean isSchema =
                    Stream.of(line[0], line[1]).noneMatch(said -> said.equals("-") || said.startsWith("all"));
            boolean isUnbounded = Stream.of(line[0], line[1]).allMatch(said -> said.startsWith("all"));
            assertThat(found.stream().filter(said -> said.startsWith(place)))
                    .as(line[2])
                    .hasSize(isSchema || isUnbounded ? 1 : 0)
                    .allMatch(said -> said.contains(isSchema ? FOUND + " " + line[0] : "[UnboundedChange]"));
        }
    }

    @Test
    void aWarningIsSuppressedOnTheMethod() {
        String source = Samples.text(migration("", "run.dsl().execute(\"delete from a\");"));
        assertThat(Compiled.of(List.of(Samples.source("com.acme.Drop", source))).diagnostics())
                .contains("[UnboundedChange]");
        String quiet = source.replace("    @Override", "    @SuppressWarnings(\"UnboundedChange\")\n    @Override");
        Compiled.of(List.of(Samples.source("com.acme.Drop", quiet))).succeeds();
    }

    @Test
    void theClassIsNotWritten(@TempDir Path output) throws Exception {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        JavaFileObject source = migration("", "run.dsl().dropTable(\"a\").execute();");
        StringWriter said = new StringWriter();
        CompilationTask task =
                compiler.getTask(said, null, null, List.of("-d", output.toString()), null, List.of(source));
        task.setProcessors(List.of(new MigrationProcessor()));
        assertThat(task.call()).isFalse();
        assertThat(said.toString()).contains(FOUND).contains("1 error");
        try (Stream<Path> files = Files.walk(output)) {
            assertThat(files).noneMatch(file -> file.endsWith("Drop.class"));
        }
    }

    @Test
    void withProcOnlyCodeIsNotRead() {
        Compiled.of(List.of(migration("", "run.dsl().dropTable(\"a\").execute();")), "-proc:only")
                .succeeds();
    }

    /** javac attributes nothing then. */
    @Test
    void afterAnErrorInTheRoundsCodeIsNotRead() {
        String source = Samples.text(migration("", "run.dsl().dropTable(\"a\").execute();"));
        Compiled compiled = Compiled.of(List.of(Samples.source("com.acme.Drop", source.replace("= 7", "= 0"))));
        assertThat(compiled.diagnostics()).hasLineCount(1).contains("[NonPositiveVersion]");
    }

    private static Stream<String> found(JavaFileObject source) {
        List<String> lines = Compiled.of(List.of(source)).diagnostics().lines().toList();
        assertThat(lines).allMatch(line -> line.contains(FOUND));
        return lines.stream();
    }

    private static JavaFileObject migration(String heritage, String statements) {
        return Samples.source("com.acme.Drop", """
                package com.acme;

                import org.asyncmigrations.*;
                import org.jspecify.annotations.Nullable;
                @AfterRelease(version = 7)
                @Idempotent(By.TRANSACTION)
                public final class Drop %s implements DataMigration {
                    @Override
                    public void migrate(MigrationRun run) {
                        %s
                    }
                }
                """.formatted(heritage, statements));
    }
}
