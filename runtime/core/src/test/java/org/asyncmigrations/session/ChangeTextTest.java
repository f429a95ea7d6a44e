package org.asyncmigrations.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.asyncmigrations.session.ChangeText.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a statement's text says about the rows that it changes. */
class ChangeTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "update users set a = 1|ROWS|users",
                "/* why */ UPDATE \"public\".\"Users\" AS \"u\" SET a = 1|ROWS|users",
                "update only users u set a = 1;|ROWS|users",
                "update `shop`.`users` set a = 1|ROWS|users",
                "update users join others on x = y set a = 1|ROWS|~~",
                "update users, others set a = 1|ROWS|~~",
                "delete from users where a = 1|ROWS|users",
                "delete from users|ROWS|users",
                "delete from users, others using x|ROWS|~~",
                "delete users from users join others|ROWS|~~",
                "insert into users (a) values (';')|ROWS|users",
                "insert into users(a) values (1)|ROWS|users",
                "insert into users (a) values (1) on conflict do nothing|ROWS|users",
                "insert into users (a) values (1) on duplicate key update a = 1|UNKNOWN|~~",
                "replace into users (a) values (1)|UNKNOWN|~~",
                "merge into users using x on a = b when matched then update set a = 1|ROWS|users",
                "with x as (select 1) update users set a = 1|ROWS|users",
                "with x as (select 1) select * from x|NONE|~~",
                "with x as (delete from users returning *) insert into others select * from x|UNKNOWN|~~",
                "set statement max_statement_time = 0.2, b = 1 for update users set a = 1|ROWS|users",
                "set statement max_statement_time = 0.2 for select 1 from users for update|NONE|~~",
                "select id from final table (update users set a = 1)|ROWS|users",
                "select replace(a, 'x', 'y') from users for update|NONE|~~",
                "(select 1)|NONE|~~",
                "update users set a = 1; update others set b = 1|UNKNOWN|~~",
                "{call p()}|UNKNOWN|~~",
                "call p()|UNKNOWN|~~",
                "do $$ begin update users set a = 1; end $$|UNKNOWN|~~",
                "create table t (a int)|UNKNOWN|~~",
                "rollback to savepoint a|UNDONE|~~",
                "savepoint a|NONE|~~",
                "set local lock_timeout = 1|NONE|~~",
            })
    void aTextSaysWhetherItsCountIsTheNumberOfRowsChanged(String sql, Kind kind, String table) {
        assertThat(ChangeText.of(sql, false)).isEqualTo(new ChangeText(kind, table));
    }
}
