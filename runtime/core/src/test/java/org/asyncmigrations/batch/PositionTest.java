package org.asyncmigrations.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.table;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.TestProducts;
import org.asyncmigrations.batch.KeySpace.Key;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Positions as a key: the cost of finding a batch's end, and the tables that have none. */
class PositionTest {
    /** Rows on about 100 pages. */
    private static final String FILL = "insert into t select i, repeat('x', 40) from generate_series(1, 10000) i";

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aWalkVisitsEachRowOnceWhetherOrNotTheTableWasAnalyzed(boolean analyzed) {
        try (Fresh fresh = TestDatabase.POSTGRES.fresh()) {
            DSLContext dsl = filled(fresh, "t");
            dsl.execute(analyzed ? "analyze t" : "select 1");
            KeySpace space = space(dsl, "t");
            Key after = null;
            int seen = 0;
            for (Key end = space.end(dsl, null, null, 700); end != null; end = space.end(dsl, after, null, 700)) {
                assertThat(space.keys(dsl, after, end, 700)).isEqualTo(700);
                seen += dsl.fetchCount(table("t"), space.range(after, end));
                after = end;
            }
            assertThat(seen).isEqualTo(9_800);
            assertThat(dsl.fetchCount(table("t"), space.range(after, null))).isEqualTo(200);
        }
    }

    @Test
    void theEndOfABatchIsReadFromItsOwnPages() {
        try (Fresh fresh = TestDatabase.POSTGRES.fresh()) {
            DSLContext dsl = filled(fresh, "t");
            dsl.execute("analyze t");
            KeySpace space = space(dsl, "t");
            Key middle = space.end(dsl, null, null, 5_000);
            String plan = explained(dsl, dsl.renderInlined(space.endQuery(dsl, middle, null, 300)));
            assertThat(plan).contains("Tid Range Scan");
            assertThat(hits(plan)).isLessThan(10);
            String rows = dsl.renderInlined(
                    dsl.selectFrom(table("t")).where(space.rows(middle, space.end(dsl, middle, null, 300))));
            assertThat(hits(explained(dsl, rows))).isLessThan(10);
        }
    }

    @Test
    void emptyPagesAreCrossedInStepsThatEndWhereNoRowIs() {
        try (Fresh fresh = TestDatabase.POSTGRES.fresh()) {
            DSLContext dsl = filled(fresh, "t");
            dsl.execute("analyze t");
            dsl.execute("delete from t where a between 300 and 9700");
            KeySpace space = space(dsl, "t");
            Key first = space.end(dsl, null, null, 299);
            Key empty = space.end(dsl, first, null, 100);
            assertThat(empty).isNotNull().isNotEqualTo(first);
            assertThat(space.keys(dsl, first, empty, 100)).isZero();
            assertThat(dsl.fetchCount(table("t"), space.range(empty, null))).isEqualTo(300);
        }
    }

    /** A moved row is found at its new position. A row after the end of a batch that ended early wasn't due to be changed. */
    @Test
    void aRowThatWasMovedAndIsStillPendingIsFound() {
        try (Fresh fresh = TestDatabase.POSTGRES.fresh()) {
            DSLContext dsl = filled(fresh, "t");
            dsl.transaction(tx -> {
                KeySpace space = space(tx.dsl(), "t");
                Key end = space.end(tx.dsl(), null, null, 3);
                MovedRows before = MovedRows.of(space, tx.dsl(), space.range(null, end), true);
                tx.dsl().execute("update t set a = -a where a <= 2");
                assertThatThrownBy(() -> before.requireChanged(null)).isInstanceOf(StillPendingException.class);
                tx.dsl().execute("update t set a = 0 where a < 0");
                assertThatThrownBy(() -> before.requireChanged(null)).isInstanceOf(StillPendingException.class);
                before.requireChanged(new Key(List.of("(0,2)")));
                tx.dsl().execute("delete from t where a = 3");
                before.requireChanged(null);
            });
        }
    }

    @Test
    void tablesWhosePositionsAreNotThoseOfOneRowAreRefused() {
        try (Fresh fresh = TestDatabase.POSTGRES.fresh()) {
            DSLContext dsl = fresh.dsl();
            dsl.execute("create table parted (a int, b text) partition by range (a)");
            dsl.execute("create table parted1 partition of parted for values from (0) to (100)");
            dsl.execute("create table parent (a int, b text)");
            dsl.execute("create table heir () inherits (parent)");
            dsl.execute("create view seen as select * from heir");
            refused(dsl, "parted", "it is partitioned", "walk each partition with its own migration");
            refused(dsl, "parent", "other tables inherit from it");
            refused(dsl, "seen", "it is a view or a foreign table");
            assertThat(space(dsl, "parted1").positions()).isNotNull();
            assertThat(space(dsl, "heir").positions()).isNotNull();
            assertThatThrownBy(() -> space(dsl, "missing")).isInstanceOf(AbsentKeyException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TestDatabase.class,
            names = {"MARIADB", "H2"})
    void otherProductsRefuseItWithTheWayToDoIt(TestDatabase database) {
        try (Fresh fresh = database.fresh()) {
            DSLContext dsl = fresh.dsl();
            dsl.execute("create table t (a int not null, b varchar(9))");
            dsl.execute("insert into t values (1, 'x'), (1, 'x')");
            String way = "alter table t add column id bigint not null auto_increment primary key";
            refused(dsl, "t", "cannot be walked by position, which", "does not provide", way);
            BatchKey key = BatchKey.of(table("t"), field("a", Integer.class));
            assertThatThrownBy(() -> KeySpace.of(key, condition("b = 'x'"), TestProducts.of(dsl), dsl))
                    .isInstanceOf(IllegalKeyException.class)
                    .hasMessageContaining("is not unique, and the table has no primary key")
                    .hasMessageContaining(way);
            dsl.execute(way);
            assertThat(KeySpace.of(key, condition("b = 'x'"), TestProducts.of(dsl), dsl)
                            .somePending(dsl, null, null, 9))
                    .containsExactly(new Key(List.of("1", "1")), new Key(List.of("1", "2")));
        }
    }

    @Test
    void aKeyThatIsNotUniqueIsRefusedOnPostgresWithTheWalkByPosition() {
        try (Fresh fresh = TestDatabase.POSTGRES.fresh()) {
            DSLContext dsl = fresh.dsl();
            dsl.execute("create table t (a int not null)");
            assertThatThrownBy(() -> KeySpace.of(
                            BatchKey.of(table("t"), field("a", Integer.class)),
                            condition("a > 0"),
                            TestProducts.of(dsl),
                            dsl))
                    .isInstanceOf(IllegalKeyException.class)
                    .hasMessageContaining("BatchKey.byPosition(table)");
        }
    }

    private static void refused(DSLContext dsl, String table, String... words) {
        assertThatThrownBy(() -> space(dsl, table))
                .isInstanceOf(IllegalKeyException.class)
                .hasMessageContainingAll(words);
    }

    private static KeySpace space(DSLContext dsl, String table) {
        return KeySpace.of(BatchKey.byPosition(table(table)), condition("a <> 0"), TestProducts.of(dsl), dsl);
    }

    private static DSLContext filled(Fresh fresh, String table) {
        fresh.dsl().execute("create table " + table + " (a int, b text)");
        fresh.dsl().execute("alter table " + table + " set (autovacuum_enabled = false)");
        fresh.dsl().execute(FILL);
        return fresh.dsl();
    }

    private static String explained(DSLContext dsl, String sql) {
        return String.join("\n", dsl.fetch("explain (analyze, buffers) " + sql).getValues(0, String.class));
    }

    private static long hits(String plan) {
        Matcher hit = Pattern.compile("(?s)Tid Range Scan.*?Buffers: shared hit=(\\d+)")
                .matcher(plan);
        assertThat(hit.find()).as(plan).isTrue();
        return Long.parseLong(hit.group(1));
    }
}
