package org.asyncmigrations.processor.body;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table a (b int) => CREATE TABLE",
                "  ((alter table a add b int)) => ALTER TABLE",
                "-- first\n /* second */ DROP/**/TABLE a => DROP TABLE",
                "# first\ntruncate table a => TRUNCATE TABLE",
                "truncate \"A\" => TRUNCATE",
                "rename table a to b => RENAME TABLE",
                "comment on table a is 'b' => COMMENT ON",
                "grant select on a to b => GRANT SELECT",
                "revoke all on a from b => REVOKE ALL",
                "update a set b = 1; drop index c => DROP INDEX",
                "select 'it''s; fine'; drop index c => DROP INDEX",
                "/*!40101 alter table a disable keys */ => ALTER TABLE",
                "drop \uFFFF a => DROP",
                "select $1; drop table a; select $2 => DROP TABLE",
                "drop table a; insert into b values ('don\\'t') => DROP TABLE",
            })
    void aSchemaChangeIsKnownByItsFirstWords(String sqlAndTitle) {
        String[] parts = sqlAndTitle.split(" => ");
        assertThat(new SqlText(parts[0]).schemaChange(Set.of())).contains(parts[1]);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";",
                "(",
                "create",
                "select 1 -- drop table a",
                "'drop table a'",
                "$$; drop table a; $$",
                "$x$ ; drop table a; $x$",
                "dropped table",
                "drop\uFFFF table a",
                "\uFFFF drop table a",
                "truncate(a, 2)",
                "comment is not null",
                "comment",
                "rename = 3",
                "grant in (1)",
                "alter session set a = 1",
                "create temporary table a (b int)",
                "create global temp table a (b int)",
                "drop temporary table a",
                "create table #a (b int)",
                "drop table if exists \"Mine\"",
                "create index i on mine (a)",
                "truncate mine",
                "/* drop table a",
                "insert into a values ('don\\'t; drop by later')",
                "do $m_1$ begin; drop table a; end $m_1$",
                "do $_2b$ ; drop table a $_2b$",
            })
    void allElseIsNone(String sql) {
        assertThat(new SqlText(sql).schemaChange(Set.of("MINE"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update a set b = 1 => UPDATE",
                "delete from a => DELETE",
                "delete from a -- where => DELETE",
                "update a set b = (select max(c) from d where e = 1) => UPDATE",
                "with x as (select 1 where true) delete from a using x => DELETE",
                "select 1; update a set b = 'where' => UPDATE",
            })
    void aChangeOfAllRowsHasNoConditionOfItsOwn(String sqlAndVerb) {
        String[] parts = sqlAndVerb.split(" => ");
        assertThat(new SqlText(parts[0]).unboundedChange(Set.of("MINE"))).contains(parts[1]);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update a set b = 1 where c = 2",
                "delete from a limit 10",
                "delete a from a join b on a.c = b.c",
                "delete top (10) from a",
                "update a set b = 1 \uFFFF",
                "update a set b = 1 {0}",
                "update a set b = 'it\\'s' where c = 1",
                "update statistics a",
                "insert into a values (1) on conflict do update set b = 1",
                "with x as (delete from a returning b) select b from x",
                "with",
                "delete",
                "select 1 for update",
                "update only mine set b = 1",
                "delete from \"mine\"",
                "with x as (select 1) delete from mine using x",
            })
    void whatHasOneOrMayHaveOneIsLeftAlone(String sql) {
        assertThat(new SqlText(sql).unboundedChange(Set.of("MINE"))).isEmpty();
    }

    @Test
    void temporaryTablesAreKnownByName() {
        assertThat(new SqlText("create temp table if not exists `Mine` (a int); create table other (a int)")
                        .temporaryTables())
                .containsExactly("MINE");
    }
}
