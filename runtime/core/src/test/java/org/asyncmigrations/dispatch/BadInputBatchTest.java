package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.asyncmigrations.dispatch.Customers.CUSTOMERS;
import static org.asyncmigrations.dispatch.Customers.EMAIL;
import static org.asyncmigrations.dispatch.Customers.ID;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import com.zaxxer.hikari.HikariDataSource;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.dispatch.TroubleBench.Seen;
import org.asyncmigrations.state.MigrationRanges;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Batch migrations that can't be walked, or that don't do what they say. They are reported at once, with the reason, and nothing is
 * lost.
 */
class BadInputBatchTest {
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aKeyThatCannotBeWalkedIsSaidWithTheReason(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            Customers.create(fresh.dsl(), 10);
            fresh.dsl()
                    .createTable(name("keyless"))
                    .column("maybe", SQLDataType.BIGINT)
                    .column("again", SQLDataType.BIGINT.nullable(false))
                    .execute();
            Map<BatchKey, String> keys = new LinkedHashMap<>();
            keys.put(key("keyless", "maybe"), "may be null");
            keys.put(key("keyless", "again"), "is not unique, and the table has no primary key");
            keys.put(key("missing", "id"), "must name what the database has");
            keys.put(key("customers", "nowhere"), "must name what the database has");
            int number = 0;
            for (Map.Entry<BatchKey, String> bad : keys.entrySet()) {
                Seen seen = TroubleBench.run(
                        fresh.dataSource(),
                        new TestCatalog()
                                .over(TestTables.all("k" + number++ + "_"))
                                .batch(1, new Walk(bad.getKey(), Customers.EMAIL_LOWER.isNull())),
                        // A missing table may be created later, so the attempt would be repeated.
                        builder -> builder.maxAttempts(bad.getValue().startsWith("must name") ? 1 : 5));
                assertThat(seen.outcome()).as(seen::message).isEqualTo(Outcome.FAILED);
                assertThat(seen.error(1)).contains(bad.getValue());
            }
        }
    }

    @org.junit.jupiter.api.Test
    void aTableWithoutTransactionsIsNeitherTriedNorWalked() throws Exception {
        for (String engine : new String[] {"MyISAM", "Aria", "MEMORY"}) {
            try (Fresh fresh = TestDatabase.MARIADB.fresh();
                    Dispatcher registry = new TestCatalog()
                            .batch(1, new Customers.LowerEmails())
                            .on(fresh.dataSource())
                            .build()) {
                Customers.create(fresh.dsl(), 1_000);
                fresh.dsl().execute("alter table customers engine = " + engine);
                String refusal =
                        "the table `customers` has the engine " + engine + ", which does not support transactions";
                assertThatThrownBy(registry.migration(1)::trial)
                        .message()
                        .containsIgnoringCase(refusal.replace('`', '"'));
                assertThat(registry.dispatch().await(TroubleBench.LONG)).isEqualTo(Outcome.FAILED);
                assertThat(registry.status().of(1).error())
                        .containsIgnoringCase("which does not support transactions")
                        .contains("alter table `customers` engine = InnoDB");
                assertThat(fresh.dsl().fetchCount(CUSTOMERS, Customers.CHANGES.ne(0)))
                        .isZero();
                fresh.dsl().execute("alter table `customers` engine = InnoDB");
                registry.migration(1).retry();
                assertThat(registry.dispatch().await(TroubleBench.LONG)).isEqualTo(Outcome.DONE);
            }
        }
    }

    private static BatchKey key(String table, String column) {
        return BatchKey.of(table(name(table)), field(name(table, column), SQLDataType.BIGINT));
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aNullKeyAndANullConditionAreSaid(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            Customers.create(fresh.dsl(), 10);
            Seen noKey = TroubleBench.run(
                    fresh.dataSource(), new TestCatalog().batch(1, new Walk(null, Customers.EMAIL_LOWER.isNull())));
            assertThat(noKey.error(1)).contains("Walk.key() must not return null");
            Seen noPending = TroubleBench.run(
                    fresh.dataSource(),
                    new TestCatalog()
                            .over(TestTables.all("other_"))
                            .batch(1, new Walk(BatchKey.of(CUSTOMERS, ID), null)));
            assertThat(noPending.error(1)).contains("Walk.pending() must not return null");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void rowsThatStayPendingFailAtOnceWithTheirKeys(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            Customers.create(fresh.dsl(), 50);
            Condition everything = Customers.CHANGES.ge(0);
            Seen seen = TroubleBench.run(
                    fresh.dataSource(),
                    new TestCatalog().batch(1, new Walk(BatchKey.of(CUSTOMERS, ID), everything)),
                    builder -> builder.maxAttempts(5));
            assertThat(seen.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(seen.error(1)).contains("rows are still pending after migrate(), such as 1; 4; 7");
            assertThat(fresh.dsl().fetchCount(CUSTOMERS, Customers.CHANGES.ne(0)))
                    .isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void nonsenseRowCountsHarmNothing(TestDatabase database) throws Exception {
        Map<String, LongUnaryOperator> counts = new LinkedHashMap<>();
        counts.put("n_", rows -> -rows);
        counts.put("z_", rows -> 0);
        counts.put("h_", rows -> Long.MAX_VALUE);
        counts.put("m_", rows -> Long.MIN_VALUE);
        for (Map.Entry<String, LongUnaryOperator> count : counts.entrySet()) {
            try (Fresh fresh = database.fresh()) {
                Customers.create(fresh.dsl(), 3_000);
                Seen seen =
                        TroubleBench.run(fresh.dataSource(), new TestCatalog().batch(1, new Customers.LowerEmails() {
                                    @Override
                                    public long migrate(RowBatch batch) throws Exception {
                                        return count.getValue().applyAsLong(super.migrate(batch));
                                    }
                                }));
                assertThat(seen.outcome()).as(seen.error(1)).isEqualTo(Outcome.DONE);
                assertThat(Customers.wrong(fresh.dsl())).isZero();
                assertThat(seen.of(1).progress().rowsDone()).isNotNegative();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aBatchThatEndsItsTransactionDoesNotMoveTheCursor(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            Customers.create(fresh.dsl(), 50);
            String[] statements = {"commit", "rollback", "create table made_inside (id bigint primary key)"};
            for (int i = 0; i < statements.length; i++) {
                String sql = statements[i];
                var tables = TestTables.all("c" + i + "_");
                Seen seen = TroubleBench.run(
                        fresh.dataSource(), new TestCatalog().over(tables).batch(1, new Customers.LowerEmails() {
                                    @Override
                                    public long migrate(RowBatch batch) throws Exception {
                                        long rows = super.migrate(batch);
                                        batch.dsl().execute(sql);
                                        return rows;
                                    }
                                }));
                if (database == TestDatabase.POSTGRES && sql.startsWith("create")) {
                    assertThat(seen.outcome()).as(seen.error(1)).isEqualTo(Outcome.DONE);
                    continue;
                }
                assertThat(seen.of(1).state()).as(sql).isEqualTo(State.FAILED);
                assertThat(seen.error(1)).contains("at the beginning of the table", "migrate() ended the transaction");
                MigrationRanges<?> ranges = tables.ranges();
                assertThat(fresh.dsl().select(ranges.CURSOR).from(ranges).fetch(ranges.CURSOR))
                        .containsExactly((String) null);
                fresh.dsl().update(CUSTOMERS).setNull(Customers.EMAIL_LOWER).execute();
            }
        }
    }

    @Test
    void aZeroDateThatTheSessionForbidsIsSaidAndNoRowIsSetAsideForIt() throws Exception {
        try (Fresh fresh = TestDatabase.MARIADB.fresh()) {
            DSLContext dsl = fresh.dsl();
            dsl.execute("create table t (created_at datetime(6) not null default 0, id int primary key, done int)");
            dsl.execute("create index k on t (created_at, id)");
            dsl.execute("set statement sql_mode = '' for insert into t (id) select seq from seq_1_to_600");
            dsl.execute("insert into t select '2026-01-01' + interval seq day, seq, null from seq_601_to_1200");
            try (HikariDataSource strict = new HikariDataSource()) {
                strict.setJdbcUrl(fresh.url());
                strict.setUsername(fresh.user());
                strict.setConnectionInitSql("set session sql_mode = 'TRADITIONAL'");
                Walk walk = new Walk(
                        BatchKey.of(table("t"), field("created_at", LocalDateTime.class)), condition("done is null"));
                Seen seen =
                        TroubleBench.run(strict, new TestCatalog().batch(1, walk), builder -> builder.maxAttempts(5));
                assertThat(seen.of(1).state()).isEqualTo(State.FAILED);
                assertThat(seen.error(1)).contains("a value of the key column created_at of t", "sql_mode");
            }
            assertThat(dsl.fetchCount(TestTables.all().rejects())).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aBatchThatThrowsSaysBehindWhichKey(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            Customers.create(fresh.dsl(), 2_000);
            Seen seen = TroubleBench.run(fresh.dataSource(), new TestCatalog().batch(1, new Customers.LowerEmails() {
                        @Override
                        public long migrate(RowBatch batch) throws Exception {
                            long rows = super.migrate(batch);
                            if (batch.dsl()
                                            .fetchExists(
                                                    CUSTOMERS,
                                                    batch.rows()
                                                            .or(ID.eq(4_000L))
                                                            .and(EMAIL.eq("x")))
                                    || batch.dsl().fetchCount(CUSTOMERS, Customers.EMAIL_LOWER.isNotNull()) > 1_000) {
                                throw new NoClassDefFoundError("com/example/Gone");
                            }
                            return rows;
                        }
                    }));
            assertThat(seen.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(seen.error(1)).containsPattern("after key \\d+: .*NoClassDefFoundError: com/example/Gone");
            assertThat(fresh.dsl().fetchCount(CUSTOMERS, Customers.CHANGES.eq(1)))
                    .isEqualTo((int) seen.of(1).progress().rowsDone())
                    .isPositive();
        }
    }

    /** Changes nothing, with any key. */
    private record Walk(BatchKey by, Condition what) implements org.asyncmigrations.BatchMigration {
        @Override
        public BatchKey key() {
            return by;
        }

        @Override
        public Condition pending() {
            return what;
        }

        @Override
        public long migrate(RowBatch batch) {
            return 0;
        }
    }
}
