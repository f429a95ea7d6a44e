package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.dispatch.TroubleBench.Seen;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Migrations in the server's own SQL and in plain JDBC. */
class BatchSqlTest {
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aTextChangesTheRowsOfItsBatchAndSaysHowMany(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            orders(fresh.dsl());
            List<Long> changed = new ArrayList<>();
            Seen seen = run(fresh, new Walk("city is null", batch -> {
                long rows = batch.execute(
                        "update orders set city = concat(?, '{rows} ?', note, ?) /* ? {rows} */ where {rows} and {rows} -- ?",
                        "<",
                        ">");
                changed.add(rows);
                return rows;
            }));
            assertThat(seen.outcome()).as(seen::message).isEqualTo(Outcome.DONE);
            assertThat(fresh.dsl().fetchValues("select city from orders order by id"))
                    .isEqualTo(List.of("<{rows} ?a>", "<{rows} ?b>", "set"));
            assertThat(changed).contains(2L);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aTextMayJoinATableWithTheSameColumns(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            orders(fresh.dsl());
            // More than one batch, so that its condition names the key.
            fresh.dsl()
                    .execute("insert into orders (id, city) values "
                            + IntStream.range(1_000, 2_000)
                                    .mapToObj(id -> "(" + id + ", 'set')")
                                    .collect(Collectors.joining(", ")));
            String sql = switch (database) {
                case POSTGRES ->
                    "update orders set city = c.city from customers c where c.id = orders.customer_id and {rows}";
                case MARIADB ->
                    "update orders join customers c on c.id = orders.customer_id set orders.city = c.city where {rows}";
                case H2 ->
                    "merge into orders using customers c on c.id = orders.customer_id and {rows}"
                            + " when matched then update set city = c.city";
            };
            Seen seen = run(fresh, new Walk("orders.city is null", batch -> batch.execute(sql)));
            assertThat(seen.outcome()).as(seen::message).isEqualTo(Outcome.DONE);
            assertThat(fresh.dsl().fetchValues("select city from orders where id < 9 order by id"))
                    .isEqualTo(List.of("Oslo", "Rome", "set"));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void plainJdbcChangesTheRowsOfItsBatchAndCannotEndItsTransaction(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            orders(fresh.dsl());
            Seen seen = run(fresh, new Walk("city is null and note <> '?'", batch -> {
                assertThatThrownBy(() -> batch.connection().commit()).isInstanceOf(SQLException.class);
                assertThatThrownBy(() -> batch.connection().close()).isInstanceOf(SQLException.class);
                String sql = "update orders set city = ? where " + batch.rowsSql() + " and customer_id > ?";
                try (PreparedStatement update = batch.connection().prepareStatement(sql)) {
                    update.setString(1, "set");
                    update.setInt(2, 0);
                    return update.executeUpdate();
                }
            }));
            assertThat(seen.outcome()).as(seen::message).isEqualTo(Outcome.DONE);
            assertThat(fresh.dsl().fetchValues("select city from orders")).isEqualTo(List.of("set", "set", "set"));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whatCannotBeRightIsRefusedAndNothingIsChanged(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            orders(fresh.dsl());
            String set = "update orders set note = 'x'";
            Map<BatchWork, String> bad = new LinkedHashMap<>();
            bad.put(batch -> batch.execute(set), "has no {rows} outside of quotes");
            bad.put(
                    batch -> batch.execute(set + " where '{rows}' = city -- {rows}"),
                    "has no {rows} outside of quotes");
            bad.put(batch -> batch.execute(set + " where {rows} and id > ?"), "has 1 bind values (?) but got 0 values");
            bad.put(batch -> batch.execute(set + " where {rows}", 1), "has 0 bind values (?) but got 1 values");
            bad.put(batch -> batch.execute(set + " where {rows}; delete from orders"), "only one statement at a time");
            bad.put(batch -> batch.execute("  "), "blank text");
            bad.put(batch -> batch.execute(set + " where {row} and {rows}"), "");
            bad.put(
                    batch -> {
                        try (var statement = batch.connection().createStatement()) {
                            return statement.executeUpdate(set);
                        }
                    },
                    "uses neither batch.rows() nor batch.update()");
            int number = 1;
            for (Map.Entry<BatchWork, String> one : bad.entrySet()) {
                TestCatalog catalog = new TestCatalog()
                        .over(TestTables.all("v" + number++ + "_"))
                        .batch(1, new Walk("city is null", one.getKey()));
                Seen seen = TroubleBench.run(fresh.dataSource(), catalog);
                assertThat(seen.outcome()).as(one.getValue()).isEqualTo(Outcome.FAILED);
                assertThat(seen.error(1)).contains(one.getValue());
            }
            assertThat(fresh.dsl().fetchValues("select note from orders order by id"))
                    .isEqualTo(List.of("a", "b", "c"));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aMigrationInOnePieceHasTheSame(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            orders(fresh.dsl());
            List<Long> changed = new ArrayList<>();
            DataMigration migration = run -> {
                changed.add(run.execute("update orders set city = ? where id < ?;", null, 2));
                changed.add(run.execute("update orders set note = '{rows};?'"));
                assertThatThrownBy(() -> run.execute("update orders set note = ?"))
                        .hasMessageContaining("has 1 bind values (?) but got 0 values");
                assertThatThrownBy(() -> run.connection().rollback()).isInstanceOf(SQLException.class);
                try (var update = run.connection().prepareStatement("update orders set customer_id = 7")) {
                    update.execute();
                }
            };
            Seen seen = TroubleBench.run(fresh.dataSource(), new TestCatalog().data(1, migration));
            assertThat(seen.outcome()).as(seen::message).isEqualTo(Outcome.DONE);
            assertThat(changed).containsExactly(1L, 3L);
            assertThat(fresh.dsl().fetchValues("select note from orders"))
                    .isEqualTo(List.of("{rows};?", "{rows};?", "{rows};?"));
            assertThat(fresh.dsl().fetchCount(DSL.table("orders"), DSL.condition("customer_id = 7")))
                    .isEqualTo(3);
        }
    }

    /** Its question marks, dollar quotes, slices and escapes reach the server unchanged. */
    @Test
    void whatPostgresAloneWritesIsSentAsItIs() throws Exception {
        try (Fresh fresh = TestDatabase.POSTGRES.fresh()) {
            fresh.dsl().execute("create table orders (id bigint primary key, data jsonb, parts int[], city text)");
            fresh.dsl().execute("insert into orders values (1, '{\"a\": 1}', '{1,2,3}'), (2, '{\"b\": 1}', '{4,5,6}')");
            Seen seen = run(
                    fresh,
                    new Walk(
                            "city is null",
                            batch -> batch.execute(
                                    "update orders set city = $q$it's {rows} ? $q$ || E'\\'?' || parts[2:3]::text || {fn ucase('x')}"
                                            + " || case when data ?? ? then '{\"a\": \"?\"}' else '' end /* /* */ ? */ where {rows}",
                                    "a")));
            assertThat(seen.outcome()).as(seen::message).isEqualTo(Outcome.DONE);
            assertThat(fresh.dsl().fetchValues("select city from orders order by id"))
                    .isEqualTo(List.of("it's {rows} ? '?{2,3}X{\"a\": \"?\"}", "it's {rows} ? '?{5,6}X"));
        }
    }

    /** A backslash before a quote, and a comment after a hash. */
    @Test
    void whatMariaDbAloneWritesIsSentAsItIs() throws Exception {
        try (Fresh fresh = TestDatabase.MARIADB.fresh()) {
            orders(fresh.dsl());
            Seen seen = run(
                    fresh,
                    new Walk(
                            "city is null",
                            batch -> batch.execute(
                                    "update `orders` set city = concat('\\'?{rows}', \"\\\"?\", 5--?) # ? {rows}\nwhere {rows}",
                                    1)));
            assertThat(seen.outcome()).as(seen::message).isEqualTo(Outcome.DONE);
            assertThat(fresh.dsl().fetchValues("select city from orders order by id"))
                    .isEqualTo(List.of("'?{rows}\"?6", "'?{rows}\"?6", "set"));
        }
    }

    private static Seen run(Fresh fresh, BatchMigration migration) throws InterruptedException {
        return TroubleBench.run(fresh.dataSource(), new TestCatalog().batch(1, migration));
    }

    private static void orders(DSLContext dsl) {
        dsl.execute("create table customers (id bigint primary key, city varchar(99))");
        dsl.execute("insert into customers values (5, 'Oslo'), (6, 'Rome')");
        dsl.execute("create table orders"
                + " (id bigint primary key, customer_id bigint, city varchar(99), note varchar(99))");
        dsl.execute("insert into orders values (1, 5, null, 'a'), (2, 6, null, 'b'), (3, 5, 'set', 'c')");
    }

    private interface BatchWork {
        long on(RowBatch batch) throws Exception;
    }

    private record Walk(String condition, BatchWork work) implements BatchMigration {
        @Override
        public BatchKey key() {
            return BatchKey.of("orders", "id");
        }

        @Override
        public Condition pending() {
            return DSL.condition(condition);
        }

        @Override
        public long migrate(RowBatch batch) throws Exception {
            return work.on(batch);
        }
    }
}
