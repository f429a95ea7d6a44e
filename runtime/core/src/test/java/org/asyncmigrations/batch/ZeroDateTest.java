package org.asyncmigrations.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.table;

import java.util.List;
import java.util.function.BiConsumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.TestProducts;
import org.asyncmigrations.batch.KeySpace.Key;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MariaDB's invalid dates, such as 0000-00-00. A session that forbids them can't write them into a statement. */
class ZeroDateTest {
    private static final int ZEROS = 7;

    @ParameterizedTest
    @CsvSource({
        "datetime(6), TRADITIONAL",
        "datetime, NO_ZERO_DATE",
        "date, 'NO_ZERO_DATE,NO_ZERO_IN_DATE,STRICT_ALL_TABLES'"
    })
    void isRefusedInWordsWhereTheWalkWouldGoOnFromIt(String type, String mode) {
        inSession(type, mode, (dsl, space) -> {
            refused(() -> space.end(dsl, null, null, ZEROS));
            refused(() -> new Look(space, dsl).over(null, null, ZEROS));
            refused(() -> space.firstPending(dsl, null, null));
            Key good = space.end(dsl, null, null, ZEROS + 5);
            refused(() -> new KeyedRowBatch(dsl, dsl, space, space.range(null, good))
                    .update(table("t"), ZeroDateTest::visit));
            assertThat(dsl.fetchCount(table("t"), space.rows(good, null))).isEqualTo(5);
            assertThat(dsl.fetchCount(table("t"), space.rows(null, good))).isEqualTo(ZEROS + 5);
        });
    }

    @ParameterizedTest
    @CsvSource({"datetime(6), ''", "date, STRICT_ALL_TABLES"})
    void isWalkedAsAnyOtherWhereTheSessionAllowsIt(String type, String mode) {
        inSession(
                type,
                mode,
                (dsl, space) -> assertThat(KeyWalkTest.visits(dsl, space, 3)).isEqualTo(List.of(3, 3, 3, 3, 3, 2)));
    }

    private static void inSession(String type, String mode, BiConsumer<DSLContext, KeySpace> test) {
        try (Fresh fresh = TestDatabase.MARIADB.fresh()) {
            fresh.dsl().connection(connection -> {
                DSLContext dsl = DSL.using(connection, SQLDialect.MARIADB);
                dsl.execute("set session sql_mode = ''");
                dsl.execute("create table t (w " + type + " not null, id int primary key, visits int not null)");
                dsl.execute("create index k on t (w, id)");
                dsl.execute("insert into t select 0, seq, 0 from seq_1_to_" + ZEROS);
                dsl.execute("insert into t select date '2026-01-01' + interval seq day, seq + 100, 0 from seq_1_to_10");
                dsl.execute("set session sql_mode = {0}", DSL.inline(mode));
                BatchKey key = BatchKey.of(table("t"), field("w", Object.class), field("id", Integer.class));
                test.accept(dsl, KeySpace.of(key, noCondition(), TestProducts.of(dsl), dsl));
            });
        }
    }

    @SuppressWarnings("unchecked")
    private static void visit(Record row) {
        row.set((Field<Integer>) row.field(2), 1);
    }

    private static void refused(ThrowingCallable walk) {
        assertThatThrownBy(walk)
                .isInstanceOf(IllegalKeyException.class)
                .hasMessageContaining("the database returned a value of the key column w of t that it does not accept")
                .hasMessageContaining("sql_mode");
    }
}
