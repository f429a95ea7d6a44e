package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.RejectedRow;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.TestMySql;
import org.asyncmigrations.dispatch.TroubleBench.Seen;
import org.h2.api.Trigger;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A row that a trigger refuses is set aside, whatever error code the trigger's author has chosen, even that of a lost connection.
 */
class TriggerCodeTest {
    private static final Field<Integer> AMOUNT = field(name("amount"), SQLDataType.INTEGER);

    private static class Fill implements BatchMigration {
        @Override
        public BatchKey key() {
            return BatchKey.of(table(name("entries")), field(name("id"), SQLDataType.BIGINT));
        }

        @Override
        public Condition pending() {
            return AMOUNT.isNull();
        }

        @Override
        public long migrate(RowBatch batch) throws Exception {
            return batch.dsl()
                    .update(table(name("entries")))
                    .set(AMOUNT, 1)
                    .where(batch.rows())
                    .execute();
        }
    }

    /** Refuses rows on H2. */
    public static final class Refusing implements Trigger {
        @Override
        public void fire(Connection connection, Object[] before, Object[] now) throws SQLException {
            if ((Long) before[0] % 700 == 0) {
                throw new SQLException("closed", "AC423");
            }
        }
    }

    static Stream<Arguments> codes() {
        List<String> postgres =
                List.of("P0001", "AC423", "45000", "42501", "22000", "08001", "53100", "57P01", "0A000");
        List<String> both = List.of("45000", "AC423", "28000", "02001", "45000 1205", "45000 30001");
        // With these codes, MySQL's driver closes the connection, and jOOQ then fails with another error because it is
        // closed.
        List<String> innoDb = TestMySql.isGiven()
                ? both
                : Stream.concat(both.stream(), Stream.of("08001", "08S01")).toList();
        return Stream.of(
                        Stream.of(Arguments.of(TestDatabase.H2, "AC423")),
                        postgres.stream().map(code -> Arguments.of(TestDatabase.POSTGRES, code)),
                        innoDb.stream().map(code -> Arguments.of(TestDatabase.MARIADB, code)))
                .flatMap(code -> code);
    }

    @ParameterizedTest
    @MethodSource("codes")
    void theRowIsSetAsideWithTheTriggersWords(TestDatabase database, String code) throws Exception {
        try (Fresh fresh = entries(database, code);
                Dispatcher registry = new TestCatalog()
                        .batch(1, new Fill())
                        .on(fresh.dataSource())
                        .build()) {
            assertThat(registry.dispatch().await(TroubleBench.LONG)).isEqualTo(Outcome.FAILED);
            assertThat(registry.migration(1).rejects())
                    .allMatch(row -> row.error().contains("closed"))
                    .extracting(RejectedRow::key)
                    .containsExactlyInAnyOrder("700", "1400", "2100");
            assertThat(fresh.dsl().fetchCount(table(name("entries")), AMOUNT.isNull()))
                    .isEqualTo(3);
        }
    }

    @ParameterizedTest
    @MethodSource("codes")
    void aMigrationInOnePieceFailsItsAttemptWithThem(TestDatabase database, String code) throws Exception {
        AtomicInteger runs = new AtomicInteger();
        try (Fresh fresh = entries(database, code)) {
            Seen seen = TroubleBench.run(fresh.dataSource(), new TestCatalog().data(1, run -> {
                        runs.incrementAndGet();
                        run.dsl().update(table(name("entries"))).set(AMOUNT, 1).execute();
                    }));
            assertThat(seen.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(seen.error(1)).contains("closed");
            assertThat(runs).hasValue(1);
        }
    }

    /** A warning isn't a refusal. */
    @ParameterizedTest
    @EnumSource(names = "MARIADB")
    void aWarningOfATriggerStopsNothing(TestDatabase database) throws Exception {
        try (Fresh fresh = entries(database, "01234")) {
            assertThat(TroubleBench.run(fresh.dataSource(), new TestCatalog().batch(1, new Fill()))
                            .outcome())
                    .isEqualTo(Outcome.DONE);
        }
    }

    /** A subquery that returns two rows for one row. */
    @ParameterizedTest
    @EnumSource
    void aRowThatASubSelectHasTwoOfIsSetAside(TestDatabase database) throws Exception {
        try (Fresh fresh = entries(database, "")) {
            fresh.dsl()
                    .createTable(name("others"))
                    .column("id", SQLDataType.BIGINT)
                    .column(AMOUNT)
                    .execute();
            fresh.dsl()
                    .insertInto(table(name("others")))
                    .select(org.jooq
                            .impl
                            .DSL
                            .select(field(name("id")), field("1"))
                            .from(table(name("entries"))))
                    .execute();
            fresh.dsl()
                    .insertInto(table(name("others")))
                    .values(700, 2)
                    .values(1400, 2)
                    .execute();
            BatchMigration looking = new Fill() {
                @Override
                public long migrate(RowBatch batch) {
                    return batch.dsl()
                            .update(table(name("entries")))
                            .set(
                                    AMOUNT,
                                    field(org.jooq
                                            .impl
                                            .DSL
                                            .select(field(name("others", "amount"), Integer.class))
                                            .from(table(name("others")))
                                            .where(field(name("others", "id"), Long.class)
                                                    .eq(field(name("entries", "id"), Long.class)))))
                            .where(batch.rows())
                            .execute();
                }
            };
            try (Dispatcher registry =
                    new TestCatalog().batch(1, looking).on(fresh.dataSource()).build()) {
                assertThat(registry.dispatch().await(TroubleBench.LONG)).isEqualTo(Outcome.FAILED);
                assertThat(registry.migration(1).rejects())
                        .extracting(RejectedRow::key)
                        .containsExactlyInAnyOrder("700", "1400");
            }
        }
    }

    /** Every 700th row is refused with a code and an error number, or not at all if the code is empty. */
    private static Fresh entries(TestDatabase database, String code) {
        Fresh fresh = database.fresh();
        fresh.dsl()
                .createTable(name("entries"))
                .column("id", SQLDataType.BIGINT.nullable(false))
                .column(AMOUNT)
                .primaryKey("id")
                .execute();
        for (int from = 1; from <= 2_500; from += 500) {
            var insert = fresh.dsl().insertInto(table(name("entries"))).columns(field(name("id"), Long.class));
            java.util.stream.LongStream.range(from, from + 500).forEach(insert::values);
            insert.execute();
        }
        if (!code.isEmpty()) {
            trigger(database, code).forEach(fresh.dsl()::execute);
        }
        return fresh;
    }

    private static List<String> trigger(TestDatabase database, String code) {
        return switch (database) {
            case H2 ->
                List.of("create trigger refusing before update on \"entries\" for each row call '"
                        + Refusing.class.getName() + "'");
            case POSTGRES ->
                List.of(
                        "create function refuse() returns trigger language plpgsql as"
                                + " $$ begin raise exception 'closed' using errcode = '" + code + "'; end $$",
                        "create trigger refusing before update on entries for each row"
                                + " when (old.id % 700 = 0) execute function refuse()");
            case MARIADB ->
                List.of("create trigger refusing before update on entries for each row begin if old.id % 700 = 0 then"
                        + " signal sqlstate '" + code.substring(0, 5) + "' set message_text = 'closed'"
                        + (code.length() > 5 ? ", mysql_errno =" + code.substring(5) : "") + "; end if; end");
        };
    }
}
