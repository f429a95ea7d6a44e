package org.asyncmigrations.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.table;

import java.util.List;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.TestProducts;
import org.asyncmigrations.batch.KeySpace.Key;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeySpaceTest {
    private static final BatchKey ID = BatchKey.of(table("t"), field("id", Long.class));

    @ParameterizedTest
    @EnumSource
    void aKeyThatIsNotUniqueGetsThePrimaryKeyAppended(TestDatabase database) {
        try (Fresh fresh = database.fresh()) {
            fresh.dsl().execute("create table t (id bigint, a int not null, b int not null, primary key (b, id))");
            assertThat(columns(fresh.dsl(), "a")).containsExactly("a", "b", "id");
            assertThat(columns(fresh.dsl(), "id")).containsExactly("id", "b");
            assertThat(columns(fresh.dsl(), "id", "a", "b")).containsExactly("id", "a", "b");
            fresh.dsl().execute("create unique index u on t (a)");
            assertThat(columns(fresh.dsl(), "a")).containsExactly("a");
        }
    }

    @ParameterizedTest
    @EnumSource
    void quotedNamesAreTakenAsTheyAre(TestDatabase database) {
        try (Fresh fresh = database.fresh()) {
            DSLContext dsl = fresh.dsl();
            dsl.createTable(name("Odd table"))
                    .column(name("the Key"), org.jooq.impl.SQLDataType.BIGINT.notNull())
                    .constraint(DSL.primaryKey(name("the Key")))
                    .execute();
            dsl.insertInto(table(name("Odd table"))).values(5).execute();
            KeySpace space = KeySpace.of(
                    BatchKey.of(table(name("Odd table")), field(name("the Key"), Long.class)),
                    noCondition(),
                    TestProducts.of(dsl),
                    dsl);
            assertThat(space.end(dsl, null, null, 1)).isEqualTo(new Key(List.of("5")));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aKeyThatCannotBeWalkedIsRefusedInWords(TestDatabase database) {
        try (Fresh fresh = database.fresh()) {
            DSLContext dsl = fresh.dsl();
            dsl.execute("create table t (a int not null, b int, c double precision not null)");
            assertThatThrownBy(() -> KeySpace.of(
                            BatchKey.of(table("t"), field("missing", Integer.class)),
                            noCondition(),
                            TestProducts.of(dsl),
                            dsl))
                    .isInstanceOf(AbsentKeyException.class)
                    .hasMessageContaining("the key [missing] of t must name what the database has");
            refused(dsl, "a", "is not unique, and the table has no primary key");
            refused(dsl, "b", "may be null");
            dsl.execute("create unique index u on t (c)");
            refused(dsl, "c", "has the type");
            assertThatThrownBy(() -> KeySpace.of(
                            BatchKey.of(table("missing"), field("a", Long.class)),
                            noCondition(),
                            TestProducts.of(dsl),
                            dsl))
                    .isInstanceOf(AbsentKeyException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aUniqueIndexOverSomeRowsOrAnExpressionMakesNoKey(TestDatabase database) {
        try (Fresh fresh = database.fresh()) {
            fresh.dsl().execute("create table t (id bigint primary key, a int not null, b varchar(9) not null)");
            if (database == TestDatabase.POSTGRES) {
                fresh.dsl().execute("create unique index u on t (a) where id > 5");
                fresh.dsl().execute("create unique index v on t (lower(b))");
                fresh.dsl().execute("create unique index w on t (id) include (a)");
            }
            assertThat(columns(fresh.dsl(), "a")).containsExactly("a", "id");
            assertThat(columns(fresh.dsl(), "b")).containsExactly("b", "id");
        }
    }

    @ParameterizedTest
    @EnumSource
    void pendingIsTrueNeitherForFalseNorForNull(TestDatabase database) {
        try (Fresh fresh = database.fresh()) {
            DSLContext dsl = fresh.dsl();
            fill(dsl);
            Condition pending = condition("a > 1").or(condition("a > 4"));
            KeySpace space = KeySpace.of(ID, pending, TestProducts.of(dsl), dsl);
            assertThat(space.hasPending()).isTrue();
            assertThat(space.firstPending(dsl, null, null)).isEqualTo(key(2));
            assertThat(space.somePending(dsl, key(2), key(8), 9)).containsExactly(key(4), key(5), key(7), key(8));
            assertThat(space.somePending(dsl, key(2), null, 2)).containsExactly(key(4), key(5));
            assertThat(space.firstPending(dsl, key(2), key(3))).isNull();
            KeySpace inverse = KeySpace.of(ID, DSL.not(pending), TestProducts.of(dsl), dsl);
            assertThat(inverse.somePending(dsl, null, null, 9)).containsExactly(key(1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutAPendingConditionEveryRowOfTheRangeCounts(TestDatabase database) {
        try (Fresh fresh = database.fresh()) {
            fill(fresh.dsl());
            KeySpace space = KeySpace.of(ID, noCondition(), TestProducts.of(fresh.dsl()), fresh.dsl());
            assertThat(space.hasPending()).isFalse();
            assertThat(space.somePending(fresh.dsl(), key(2), key(4), 9)).containsExactly(key(3), key(4));
            assertThat(space.end(fresh.dsl(), key(2), key(6), 4)).isEqualTo(key(6));
            assertThat(space.end(fresh.dsl(), key(2), key(6), 5)).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theEstimateIsThePlanners(TestDatabase database) {
        try (Fresh fresh = database.fresh()) {
            fill(fresh.dsl());
            KeySpace space = KeySpace.of(ID, noCondition(), TestProducts.of(fresh.dsl()), fresh.dsl());
            assertThat(space.estimate(fresh.dsl())).isNotNegative();
            fresh.dsl().execute(database == TestDatabase.MARIADB ? "analyze table t" : "analyze");
            assertThat(space.estimate(fresh.dsl())).isEqualTo(9);
        }
    }

    @Test
    void onPostgresTheEstimateHoldsBeforeTheFirstAnalyzeAfterALoadAndThroughAWalk() {
        try (Fresh fresh = TestDatabase.POSTGRES.fresh()) {
            DSLContext dsl = fresh.dsl();
            dsl.execute("create table t (id bigint primary key, a int) partition by range (id)");
            dsl.execute("create table t1 partition of t for values from (0) to (1000000)");
            KeySpace space = KeySpace.of(ID, noCondition(), TestProducts.of(dsl), dsl);
            dsl.execute("insert into t select i, 1 from generate_series(1, 20000) i");
            assertThat(space.estimate(dsl)).isBetween(10_000L, 30_000L);
            dsl.execute("analyze t");
            dsl.execute("update t set a = a + 1");
            assertThat(space.estimate(dsl)).isEqualTo(20_000);
            dsl.execute("insert into t select i, 1 from generate_series(20001, 90000) i");
            assertThat(space.estimate(dsl)).isBetween(80_000L, 120_000L);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatFollowsUniqueColumnsIsNoPartOfTheKey(TestDatabase database) {
        try (Fresh fresh = database.fresh()) {
            fresh.dsl().execute("create table t (id bigint, a int not null, b int not null, primary key (b, id))");
            assertThat(columns(fresh.dsl(), "b", "id", "a")).containsExactly("b", "id");
            fresh.dsl().execute("create unique index u on t (a)");
            assertThat(columns(fresh.dsl(), "a", "id")).containsExactly("a");
            assertThat(columns(fresh.dsl(), "b", "a", "id")).containsExactly("b", "a");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aKeyTooLongForTheStateTablesIsRefused(TestDatabase database) {
        try (Fresh fresh = database.fresh()) {
            fresh.dsl().execute("create table t (id bigint primary key)");
            KeySpace space = KeySpace.of(ID, noCondition(), TestProducts.of(fresh.dsl()), fresh.dsl());
            assertThat(space.write(new Key(List.of("x".repeat(3_100))))).hasSize(3_100);
            assertThatThrownBy(() -> space.write(new Key(List.of("x".repeat(3_101)))))
                    .isInstanceOf(IllegalKeyException.class)
                    .hasMessageContaining("a key of t may have at most 3100 characters");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRES"})
    void whateverTheTextOfItsValuesACompositeKeyIsReadBackAsWritten(TestDatabase database) {
        try (Fresh fresh = database.fresh()) {
            fresh.dsl().execute("create table t (a varchar(9), b varchar(9), primary key (a, b))");
            KeySpace space = KeySpace.of(
                    BatchKey.of(table("t"), field("a", String.class), field("b", String.class)),
                    noCondition(),
                    TestProducts.of(fresh.dsl()),
                    fresh.dsl());
            List<String> texts = List.of("", "|", "\\", "\\|", "|\\", "||", "a|b\\c", "😀", "\n");
            for (String a : texts) {
                for (String b : texts) {
                    Key key = new Key(List.of(a, b));
                    assertThat(space.read(space.write(key))).isEqualTo(key);
                }
            }
        }
    }

    private static void fill(DSLContext dsl) {
        dsl.execute("create table t (id bigint primary key, a int)");
        for (int i = 1; i <= 9; i++) {
            dsl.execute("insert into t values (" + i + ", " + (i % 3 == 0 ? "null" : i) + ")");
        }
    }

    private static Key key(int id) {
        return new Key(List.of(Integer.toString(id)));
    }

    private static List<String> columns(DSLContext dsl, String... names) {
        org.jooq.Field<?>[] fields = new org.jooq.Field<?>[names.length];
        for (int i = 0; i < names.length; i++) {
            fields[i] = field(names[i], Integer.class);
        }
        return KeySpace.of(BatchKey.of(table("t"), fields), noCondition(), TestProducts.of(dsl), dsl).columns().stream()
                .map(column -> column.name().toLowerCase(java.util.Locale.ROOT))
                .toList();
    }

    private static void refused(DSLContext dsl, String column, String why) {
        assertThatThrownBy(() -> KeySpace.of(
                        BatchKey.of(table("t"), field(column, Integer.class)),
                        noCondition(),
                        TestProducts.of(dsl),
                        dsl))
                .isInstanceOf(IllegalKeyException.class)
                .hasMessageContaining(why);
    }
}
