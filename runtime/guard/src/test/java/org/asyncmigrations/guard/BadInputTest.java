package org.asyncmigrations.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever cannot be judged is said, and what stands behind it is judged. */
class BadInputTest {
    @TempDir
    private Path folder;

    private Report check(String sql) throws Exception {
        return Guard.on(ThrowAway.emptied())
                .schema(ThrowAway.resource("shop.sql"))
                .check(ThrowAway.script(folder, "V8.sql", sql));
    }

    private void cannotBeJudged(String sql, int line, String sentence) throws Exception {
        Report report = check(sql + "\ncreate index behind_it on orders (customer_id);");

        assertThat(report.findings()).as(report.toString()).hasSize(2);
        Finding first = report.findings().get(0);
        assertThat(first.verdict()).isEqualTo(Verdict.CANNOT_BE_JUDGED);
        assertThat(first.line()).isEqualTo(line);
        assertThat(first.observed()).anySatisfy(said -> assertThat(said).startsWith(sentence));
        assertThat(report.findings().get(1).verdict()).isEqualTo(Verdict.BLOCKS_WRITES);
    }

    @Test
    void whatDoesNotParse() throws Exception {
        cannotBeJudged(
                "\nalter tabel orders add a int;", 2, "it does not parse: ERROR: syntax error at or near \"tabel\"");
        cannotBeJudged("create index on ${table} (id);", 1, "it does not parse: ERROR: syntax error at or near \"$\"");
    }

    @Test
    void whatDoesNotApply() throws Exception {
        cannotBeJudged(
                "alter table nobody add a int;",
                1,
                "it fails in the throw-away database: ERROR: relation \"nobody\" does not exist");
        cannotBeJudged(
                "alter table orders add a int not null;", 1, "it fails on a table that has rows: ERROR: column \"a\"");
    }

    @Test
    void whatNeedsAnExtension() throws Exception {
        cannotBeJudged(
                "create extension no_such_thing;",
                1,
                "it needs an extension that the throw-away database does not have: ERROR: extension \"no_such_thing\"");
    }

    @Test
    void aBlockThatMayDoAnything() throws Exception {
        cannotBeJudged(
                "do $$ begin if now() > '2020-01-01' then alter table orders add a int; end if; end $$;",
                1,
                "what it does depends on what it finds; this is what it did here");
    }

    @Test
    void aBlockThatBlocksHereIsJudgedByIt() throws Exception {
        assertThat(check("do $$ begin alter table customers alter weight type text; end $$;")
                        .findings())
                .extracting(Finding::verdict)
                .containsExactly(Verdict.REWRITES);
    }

    @Test
    void severalStatementsOnOneLine() throws Exception {
        assertThat(check("select 1; create index a on orders (paid); create index b on orders (placed)")
                        .findings())
                .extracting(Finding::statement)
                .containsExactly("create index a on orders (paid)", "create index b on orders (placed)");
    }

    @Test
    void commandsOfPsql() throws Exception {
        cannotBeJudged("\\i other.sql", 1, "\\i is a command of psql, which does not go to the database");
        cannotBeJudged(
                "select 'drop table ' || relname from pg_class \\gexec",
                1,
                "\\gexec is a command of psql, which does not go to the database");
    }

    @Test
    void rowsInTheScript() throws Exception {
        cannotBeJudged("copy cache from stdin;\na\tb;c\n\\.", 1, "the rows after COPY … FROM STDIN are not read");
    }

    @Test
    void codeInCommentsOfMySql() throws Exception {
        cannotBeJudged("/*!40101 set names utf8 */;", 1, "it has code in a comment");
        cannotBeJudged("create table fresh (id int) /*! engine=InnoDB */;", 1, "it has code in a comment");
    }

    @Test
    void whatReachesBeyondTheDatabase() throws Exception {
        for (String sql : new String[] {
            "drop database postgres", "alter system set work_mem = '1GB'", "create role somebody", "drop user somebody"
        }) {
            cannotBeJudged(sql + ";", 1, "it changes more than this database, so it was not run");
        }
        cannotBeJudged("set role postgres;", 1, "it takes away rights that the guard's session needs");
        cannotBeJudged("copy cache from program 'ls';", 1, "it uses a file or a program of the server");
    }

    @Test
    void aQuoteThatDoesNotEnd() throws Exception {
        for (String open : new String[] {"select 'a;", "select \"a;", "select $x$ a; $y$", "/* a; /* b */ select 1;"}) {
            assertThat(check("create index a on orders (paid);\n" + open).findings())
                    .as(open)
                    .extracting(Finding::line, Finding::verdict)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(1, Verdict.BLOCKS_WRITES),
                            org.assertj.core.groups.Tuple.tuple(2, Verdict.CANNOT_BE_JUDGED));
        }
    }

    @Test
    void aTransactionThatCannotCommit() throws Exception {
        assertThat(check("""
                                begin;
                                create table child (id bigint references customers (id) deferrable initially deferred);
                                insert into child values (999);
                                commit;
                                """).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.observed())
                        .anyMatch(said -> said.startsWith("on commit: it fails in the throw-away database")));
    }

    @Test
    void aConcurrentStatementWithinATransaction() throws Exception {
        assertThat(check("begin;\ncreate index concurrently i on orders (paid);\ncommit;")
                        .findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.observed())
                        .anyMatch(said ->
                                said.contains("CREATE INDEX CONCURRENTLY cannot run inside a transaction block")));
    }

    @Test
    void h2SaysThatItCannotTell() {
        JdbcDataSource source = new JdbcDataSource();
        source.setUrl("jdbc:h2:mem:guard");

        assertThat(Guard.on(source)
                        .check(ThrowAway.script(folder, "V8.sql", "create index i on t (a);"))
                        .findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.verdict()).isEqualTo(Verdict.CANNOT_BE_JUDGED);
                    assertThat(finding.observed())
                            .containsExactly(
                                    "H2 does not show what it locks or rewrites; use the same database as production");
                });
    }
}
