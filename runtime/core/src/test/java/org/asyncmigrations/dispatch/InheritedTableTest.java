package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import java.math.BigDecimal;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.RejectedRow;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.dispatch.TroubleBench.Seen;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.Test;

/** PostgreSQL's inherited tables, whose rows share keys: no row gets another row's value. */
class InheritedTableTest {
    private static final Field<String> RAW = field(name("raw"), SQLDataType.CLOB);
    private static final Field<BigDecimal> CELSIUS = field(name("celsius"), SQLDataType.NUMERIC(6, 2));

    private static class InSql implements BatchMigration {
        @Override
        public BatchKey key() {
            return BatchKey.of(table(name("readings")), field(name("id"), SQLDataType.BIGINT));
        }

        @Override
        public Condition pending() {
            return CELSIUS.isNull();
        }

        @Override
        public long migrate(RowBatch batch) throws Exception {
            return batch.dsl()
                    .update(table(name("readings")))
                    .set(CELSIUS, RAW.cast(SQLDataType.NUMERIC(6, 2)))
                    .where(batch.rows())
                    .execute();
        }
    }

    private static final class InJava extends InSql {
        @Override
        public long migrate(RowBatch batch) throws Exception {
            return batch.update(table(name("readings")), row -> row.set(CELSIUS, new BigDecimal(row.get(RAW))));
        }
    }

    private static Fresh readings() {
        Fresh fresh = TestDatabase.POSTGRES.fresh();
        fresh.dsl().execute("create table readings (id bigint primary key, raw text not null, celsius numeric(6, 2))");
        fresh.dsl().execute("insert into readings select i, (i / 10.0)::text from generate_series(1, 1500) i");
        for (int year : new int[] {1, 2}) {
            fresh.dsl().execute("create table readings_" + year + " (primary key (id)) inherits (readings)");
            fresh.dsl()
                    .execute("insert into readings_" + year + " select i, (i / 10.0 + " + year
                            + "000)::text from generate_series(1, 1500) i");
        }
        return fresh;
    }

    @Test
    void theyAreNotWrittenBackByTheirKeys() throws Exception {
        try (Fresh fresh = readings()) {
            Seen seen = TroubleBench.run(
                    fresh.dataSource(), new TestCatalog().batch(1, new InJava()), b -> b.maxAttempts(5));
            assertThat(seen.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(seen.error(1)).contains("readings_1, readings_2", "where(batch.rows())");
            assertThat(seen.of(1).attempts()).isEqualTo(1);
            assertThat(fresh.dsl().fetchCount(table("readings"), CELSIUS.isNotNull()))
                    .isZero();
        }
    }

    @Test
    void theyAreUpdatedInSql() throws Exception {
        try (Fresh fresh = readings()) {
            assertThat(TroubleBench.run(fresh.dataSource(), new TestCatalog().batch(1, new InSql()))
                            .outcome())
                    .isEqualTo(Outcome.DONE);
            assertThat(fresh.dsl()
                            .fetchCount(
                                    table("readings"), condition("celsius is null or celsius <> raw::numeric(6, 2)")))
                    .isZero();
        }
    }

    /** Several rows with the same key can't be halved any further. */
    @Test
    void rowsOfOneKeyAreSetAsideTogether() throws Exception {
        try (Fresh fresh = readings();
                Dispatcher registry = new TestCatalog()
                        .batch(1, new InSql())
                        .on(fresh.dataSource())
                        .build()) {
            fresh.dsl().execute("update readings_2 set raw = 'x' where id in (7, 1500)");
            assertThat(registry.dispatch().await(TroubleBench.LONG)).isEqualTo(Outcome.FAILED);
            assertThat(registry.migration(1).rejects())
                    .extracting(RejectedRow::key)
                    .containsExactlyInAnyOrder("7", "1500");
        }
    }

    @Test
    void partitionsAreWrittenBack() throws Exception {
        try (Fresh fresh = TestDatabase.POSTGRES.fresh()) {
            fresh.dsl()
                    .execute("create table readings (id bigint primary key, raw text not null, celsius numeric(6, 2))"
                            + " partition by range (id)");
            fresh.dsl().execute("create table readings_1 partition of readings for values from (0) to (800)");
            fresh.dsl().execute("create table readings_2 partition of readings default");
            fresh.dsl().execute("insert into readings select i, i::text from generate_series(1, 1500) i");
            assertThat(TroubleBench.run(fresh.dataSource(), new TestCatalog().batch(1, new InJava()))
                            .outcome())
                    .isEqualTo(Outcome.DONE);
            assertThat(fresh.dsl().fetchCount(table("readings"), condition("celsius is distinct from id")))
                    .isZero();
        }
    }
}
