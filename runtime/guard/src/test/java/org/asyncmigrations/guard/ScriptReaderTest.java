package org.asyncmigrations.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptReaderTest {
    private static List<ScriptStatement> read(String sql) {
        return ScriptReader.read("a.sql", sql, false);
    }

    private static List<String> texts(String sql, boolean mySql) {
        return ScriptReader.read("a.sql", sql, mySql).stream()
                .map(ScriptStatement::text)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select ';'",
                "select 'it''s; so'",
                "select E'\\';'",
                "select e'\\\\', 1",
                "select ';' as \"a;b\"",
                "select $$;$$",
                "select $a$ $$ ; $$ $b$ ; $b$ $a$",
                "select 1 /* ; /* ; */ ; */ + 1",
                "select 1 -- ;\n + 1",
                "select '\\', 1",
                "create function f() returns int begin atomic select case when true then 1 end; select 2; end",
                "select $1 + a$b",
            })
    void oneStatementIsOne(String sql) {
        assertThat(texts(sql + ";\nselect 2;", false)).containsExactly(sql, "select 2");
    }

    @Test
    void emptyStatementsAreNone() {
        assertThat(read(" ;; -- nothing\n /* at all */ ; \uFEFF")).isEmpty();
    }

    @Test
    void aStatementBeginsOnItsOwnLineBelowItsComments() {
        assertThat(read("select 1; -- of the first\n-- one\n/* two */\n\nselect 2 -- within\n;"))
                .extracting(ScriptStatement::line, ScriptStatement::text, ScriptStatement::comments)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1, "select 1", List.of()),
                        org.assertj.core.groups.Tuple.tuple(5, "select 2", List.of("one", "two")));
    }

    @Test
    void backslashesAndHashesAreMySqls() {
        assertThat(texts("select '\\';', `a;b`; # ;\nselect 2", true))
                .containsExactly("select '\\';', `a;b`", "select 2");
        assertThat(texts("select 1 # 2; select 2", false)).containsExactly("select 1 # 2", "select 2");
    }

    @Test
    void theDelimiterOfMySqlChanges() {
        assertThat(texts("delimiter //\nbegin; end//\nDELIMITER ;\nselect 1; select 2", true))
                .containsExactly("begin; end", "select 1", "select 2");
    }

    @Test
    void wordsHaveTheirPlace() {
        ScriptStatement statement =
                read("  alter table \"T\" add check (a in (1))").get(0);

        assertThat(statement.words())
                .extracting(Word::text)
                .containsExactly("ALTER", "TABLE", "\"T\"", "ADD", "CHECK", "(", "A", "IN", "(", "1", ")", ")");
        assertThat(statement.words()).extracting(Word::depth).containsExactly(0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 1, 0);
        assertThat(statement.text(4, 12)).isEqualTo("check (a in (1))");
        assertThat(statement.find("IN")).isEqualTo(-1);
    }
}
