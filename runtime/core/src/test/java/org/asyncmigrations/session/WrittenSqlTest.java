package org.asyncmigrations.session;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.product.Product;
import org.asyncmigrations.product.Products;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a text may contain that a migration executes. */
class WrittenSqlTest {
    private static WrittenSql written(String sql) throws Exception {
        try (Fresh fresh = TestDatabase.H2.fresh();
                var connection = fresh.dataSource().getConnection()) {
            Product product = Products.of(connection, false);
            return WrittenSql.of(sql, product);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"update t set a = 1 returning id", "delete from t\nRETURNING(id)"})
    void rowsThatAreReturnedAreRefused(String sql) {
        assertThatThrownBy(() -> written(sql))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot run a statement with RETURNING")
                .hasMessageContaining("use dsl().fetch(…) instead");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update t set a = ' returning ' -- returning id",
                "update t set is_returning = 1, t.returning = 2",
                "update t set \"returning\" = 1 /* returning */",
                "with d as (delete from s returning *) insert into t select * from d",
                "update t set a = json_value(b, '$.a' returning int)",
            })
    void whatOnlyLooksLikeItIsNot(String sql) {
        assertThatCode(() -> written(sql)).doesNotThrowAnyException();
    }

    @Test
    void aValueWithoutATypeIsNamed() throws Exception {
        for (Object value : List.of(State.DONE, 'c', List.of(1))) {
            WrittenSql sql = written("update t set a = ?, b = ?");
            assertThatThrownBy(() -> sql.execute(org.jooq.impl.DSL.using(org.jooq.SQLDialect.H2), null, 1, value))
                    .as(value.toString())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(
                            "bind value 2 is a " + value.getClass().getName())
                    .hasMessageContaining("name() of an enum");
        }
    }
}
