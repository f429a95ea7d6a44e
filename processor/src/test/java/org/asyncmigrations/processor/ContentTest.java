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

/** Bodies: what real code does is let through, what the compiler refuses breaks nothing, and reading leaves no trace. */
class ContentTest {
    private static final String[] STRICT = {"-Xlint:all,-processing", "-Werror"};

    @Test
    void theGoodBodiesHaveNoFinding() {
        List<JavaFileObject> sources = Samples.sources("good/content");
        Compiled compiled = Compiled.of(sources, STRICT).succeeds();
        assertThat(compiled.generated("AsyncMigrationRegistry")
                        .lines()
                        .filter(line -> line.contains("MigrationEntry.")))
                .hasSizeGreaterThanOrEqualTo(40);
    }

    @Test
    void aBackfillIsOfPendingRowsWithoutAMarker() {
        Compiled compiled = Compiled.of(Samples.sources("good/content"), STRICT).succeeds();
        assertThat(compiled.generated("AsyncMigrationRegistry").replaceAll("\\s+", " "))
                .contains("\"com.acme.content.Backfills.Chain\", By.PENDING_ROWS");
    }

    /** They are what they are for: taken for a plain context, their own classes would be refused. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "run.dsl().alterTable(\"a\").add(\"b\", null).execute();",
                "org.jooq.impl.DSL.using(run.dsl().configuration()).execute(\"drop table a\");",
                "new Runnable() { public void run() { run.dsl().execute(\"drop table a\"); } }.run();",
                "((java.util.function.Consumer<org.jooq.DSLContext>) dsl -> dsl.dropTable(\"a\").execute()).accept(run.dsl());",
                "for (String verb : new String[] {\"drop\", \"alter\"}) run.dsl().execute(verb + \" table a\");",
            })
    void aSchemaChangeIsFoundWhereverItIs(String statement) {
        Compiled compiled = Compiled.of(List.of(body(statement, "")));
        assertThat(compiled.diagnostics().lines())
                .isNotEmpty()
                .allMatch(line -> line.contains("[SchemaChangeAfterRelease]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Missing.execute(\"drop table a\"); missing.createTable(\"a\");",
                "run.missing().execute(\"drop table a\"); int x = \"\";",
                "run.dsl().execute(Missing.SQL + \"drop table a\"); var y = y;",
                "run.dsl().execute(sql); String sql = sql + \"drop table a\";",
                "run.dsl().execute(); run.dsl().update(); delete().execute(); this.();",
                "f(run, \"drop\"); } void f(Missing run, String s) { g(run, s); } void g(Missing r, String s) { f(r, s); f(r, s + s);",
                "List.of(List.of(), null).forEach(Missing::execute); for (String s : missing) run.dsl().execute(s);",
                "run.dsl().execute(switch (1) { case 1 -> throw null; default: yield 3; });",
                "run.dsl().execute(String.format(\"%9999999999$s %\", 1)); return 3;",
                "class A extends A { A createTable() { return dropTable(); } }",
                "run.dsl().execute(null); run.dsl().execute((String) null); run.dsl().batch(null, null); Missing.m();",
            })
    void aBodyThatTheCompilerRefusesBreaksNothing(String statements) {
        assertThat(Compiled.of(List.of(body(statements, ""))).diagnostics())
                .contains("error: ")
                .doesNotContain("[ProcessorFault]");
    }

    @Test
    void methodsThatCallEachOtherInManyWaysAreReadInNoTime() {
        String helpers = IntStream.range(0, 60)
                .mapToObj(i ->
                        "void f%d(MigrationRun run, String s) { f%d(run, s); f%d(run, s + 1); run.dsl().fetch(s); }"
                                .formatted(i, (i + 1) % 60, (i + 7) % 60))
                .collect(Collectors.joining("\n"));
        Compiled.of(List.of(body("f0(run, \"select 1\");", helpers))).succeeds();
    }

    @Test
    void aHugeMethodIsRead() {
        String statements = IntStream.range(0, 5_000)
                .mapToObj(i -> "String s%d = \"select %d\"; run.dsl().fetch(s%d);\n".formatted(i, i, i))
                .collect(Collectors.joining());
        String diagnostics = Compiled.of(List.of(body(statements, ""))).diagnostics();
        assertThat(diagnostics.lines()).allMatch(line -> line.contains("code too large"));
    }

    @Test
    void whatIsNestedDeeplyIsReadOrLeft() {
        String sum = "\"drop table a\"" + " + run".repeat(400);
        String nested = "(".repeat(300) + "\"drop table a\"" + ")".repeat(300);
        String chain = "new StringBuilder(\"drop table a\")" + ".append(1)".repeat(200);
        Compiled compiled =
                Compiled.of(List.of(body("q(run, " + sum + "); q(run, " + nested + "); q(run, " + chain + ");", """
                void q(MigrationRun run, CharSequence sql) {
                    run.dsl().execute(sql.toString());
                }
                """)));
        assertThat(compiled.diagnostics())
                .contains("[SchemaChangeAfterRelease]")
                .doesNotContain("[ProcessorFault]");
    }

    @Test
    void theCompilersOwnWarningsAreSaidOnce() {
        String statements =
                "java.util.List raw = null; run.dsl().execute(\"delete from a\"); java.util.List.of(new Maker()).get(0).deleteFrom(1).execute();";
        Compiled compiled = Compiled.of(
                List.of(body(
                        statements,
                        "static class Maker { Maker deleteFrom(int a) { return this; } void execute() {} }")),
                "-Xlint:all,-processing");
        assertThat(compiled.diagnostics().lines().filter(line -> line.contains("warning: ")))
                .hasSize(2)
                .anyMatch(line -> line.contains("[UnboundedChange]"))
                .anyMatch(line -> line.contains("raw type"));
    }

    @Test
    void aBodyMayUseWhatIsGenerated() {
        Compiled.of(
                        List.of(body(
                                "run.dsl().execute(\"delete from a where b\"); use(dsl -> dsl.createTable(\"a\"));",
                                """
                                AsyncMigrationRegistry registry;
                                static class Maker { void createTable(String name) {} }
                                void use(java.util.function.Consumer<Maker> maker) { registry.broken().isDone(); }
                                """)),
                        STRICT)
                .succeeds();
    }

    @Test
    void withoutTreesBodiesAreNotReadAndAnnotationsAre() {
        assertThat(treeless("bad/UNBOUNDED_CHANGE").diagnostics()).isEmpty();
        assertThat(treeless("bad/WHOLE_TABLE_IN_BATCH").diagnostics()).isEmpty();
        assertThat(treeless("bad/RETIRED_COLUMN_NAMED").diagnostics())
                .contains(
                        "Once.java:8:44: error: [RetiredColumnNamed]",
                        "Several.java:10:14: error: [RetiredColumnNamed]");
    }

    @Test
    void anAnnotationOfMigrationsIsRefusedWhereThereIsNoMigrationAtAll() {
        JavaFileObject stray = Samples.source(
                "com.acme.Base",
                "package com.acme; import org.asyncmigrations.*; @Idempotent(By.TRANSACTION) abstract class Base {}");
        Compiled compiled = Compiled.of(List.of(stray), "-Xlint:all,-processing");
        assertThat(compiled.diagnostics().lines()).singleElement().asString().contains("[NotAMigration] Base");
    }

    /** With a stub of Spring's client. */
    @Test
    void aStatementOfSpringIsExecutedToo() {
        JavaFileObject client = Samples.source("org.springframework.jdbc.core.simple.JdbcClient", """
                package org.springframework.jdbc.core.simple;

                public interface JdbcClient {
                    StatementSpec sql(String sql);

                    interface StatementSpec {
                        StatementSpec param(Object value);

                        int update();
                    }
                }
                """);
        String member = "org.springframework.jdbc.core.simple.JdbcClient jdbc;";
        String sql = "jdbc.sql(\"delete from a where b = ?\").param(1)";
        assertThat(Compiled.of(List.of(client, body(sql + ".update();", member)))
                        .diagnostics())
                .isEmpty();
        assertThat(Compiled.of(List.of(client, body(sql + ";", member))).diagnostics())
                .hasLineCount(1)
                .contains("[QueryNotExecuted] the statement that sql() begins in Broken");
    }

    private static Compiled treeless(String directory) {
        Processor processor = new Treeless(new MigrationProcessor());
        return Compiled.with(List.of(processor), Samples.sources(directory));
    }

    private static JavaFileObject body(String statements, String members) {
        return Samples.source("com.acme.Broken", """
                package com.acme;

                import org.asyncmigrations.*;

                @AfterRelease(version = 7)
                @Idempotent(By.TRANSACTION)
                public final class Broken implements DataMigration {
                    @Override
                    public void migrate(MigrationRun run) {
                        %s
                    }

                    %s
                }
                """.formatted(statements, members));
    }
}
