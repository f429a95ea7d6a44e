package org.asyncmigrations.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a statement begins, and with what. */
class SchemaTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table t (id int)",
                "  \n\tALTER TABLE t ADD x int",
                "drop/* now */table t",
                "-- why\ntruncate t",
                "# why\nrename table a to b",
                "/* a */ /* b */ comment on table t is 'x'",
                "/*!50000 alter table t engine = innodb */",
                "/*M!100100 drop table t */",
                ";;grant select on t to u",
                "(create table t as select 1)",
                "update t set a = 1; revoke all on t from u",
                "select 'it''s; all'; drop table t",
                "select \"a;b\", `c;d` from t; drop table t",
                "do $$ begin; end $$; drop table t",
                "select $tag$ ; $$ $tag$; drop table t",
                "select $1; drop table t",
                "create global temporary_table"
            })
    void isAChange(String sql) {
        assertThat(SchemaText.changesSchema(sql, false)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ";",
                "update t set created = 'create table'",
                "insert into t values ('; drop table t')",
                "insert into t values ('it''s; drop table t')",
                "select 1 -- ; drop table t",
                "select 1 /* ; drop table t */",
                "select \"; drop table t\" from t",
                "select `; drop table t` from t",
                "do $$ begin execute 'x'; drop table t; end $$",
                "select $a$; drop table t$a$",
                "with drop_off as (select 1) select * from drop_off",
                "created",
                "altered(1)",
                "call create_invoices()",
                "create temporary table t (id int)",
                "create temp table t as select 1",
                "CREATE LOCAL TEMPORARY TABLE t (id int)",
                "drop temporary table t",
                "merge into t using s on (t.id = s.id) when matched then update set a = 1",
                "select 'unfinished",
                "select $unfinished$ ; drop",
                "/* unfinished ; drop table t"
            })
    void isNone(String sql) {
        assertThat(SchemaText.changesSchema(sql, false)).isFalse();
    }

    @Test
    void escapesAreReadAsTheProductReadsThem() {
        String escaped = "update t set v = 'it\\'s; create me'";
        assertThat(SchemaText.changesSchema(escaped, true)).isFalse();
        assertThat(SchemaText.changesSchema(escaped.replace("'it", "E'it"), false))
                .isFalse();
        String closed = "update t set v = 'c:\\'; drop table t";
        assertThat(SchemaText.changesSchema(closed, false)).isTrue();
        assertThat(SchemaText.alone(escaped, true)).isEqualTo(escaped);
    }
}
