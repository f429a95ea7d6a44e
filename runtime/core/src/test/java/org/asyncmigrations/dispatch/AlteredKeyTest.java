package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The application's own release changes the key's type in the middle of a walk. */
class AlteredKeyTest {
    private static final Table<Record> T = table(name("t"));
    private static final Field<Long> ID = field(name("id"), SQLDataType.BIGINT);
    private static final Field<Integer> CHANGES = field(name("changes"), SQLDataType.INTEGER);

    /** More than one range. A step walks one range. */
    private static final int ROWS = 12_000;

    @ParameterizedTest
    @CsvSource({
        "POSTGRES, int, alter table t alter id type bigint, 0",
        "MARIADB, 'decimal(5)', alter table t modify id decimal(12) not null, 1",
        "H2, 'numeric(5)', alter table \"t\" alter \"id\" set data type numeric(12), 0"
    })
    void theWalkGoesOnByTheNewTypeAfterAFailedAttempt(TestDatabase database, String type, String alter, int retries)
            throws Exception {
        AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
        ManualWorker worker = new ManualWorker();
        try (Fresh fresh = database.fresh();
                Dispatcher registry = new TestCatalog()
                        .batch(1, new Counting())
                        .on(fresh.dataSource())
                        .worker(worker)
                        .clockShift(ahead::get)
                        .build()) {
            DSLContext dsl = fresh.dsl();
            create(dsl, type);
            registry.dispatch();
            for (int i = 0; i < 20 && dsl.fetchCount(T, CHANGES.eq(1)) == 0; i++) {
                assertThat(worker.step()).isEqualTo(Step.Kind.WORKED);
            }
            assertThat(dsl.fetchCount(T, CHANGES.eq(0))).isPositive();
            dsl.execute(alter);
            dsl.insertInto(T, ID, CHANGES).values(3_000_000_000L, 0).execute();
            for (int attempt = 0; attempt < 3; attempt++) {
                worker.untilIdle();
                ahead.updateAndGet(shift -> shift.plusMinutes(10));
                if (retries > 0 && registry.migration(1).state() == State.FAILED) {
                    registry.migration(1).retry();
                }
            }
            assertThat(registry.status().of(1).state()).isEqualTo(State.DONE);
            assertThat(dsl.fetchCount(T, CHANGES.ne(1))).isZero();
            assertThat(registry.migration(1).rejects()).isEmpty();
        }
    }

    private static void create(DSLContext dsl, String type) {
        dsl.execute("create table " + dsl.render(T) + " (" + dsl.render(ID) + " " + type + " primary key, "
                + dsl.render(CHANGES) + " int not null)");
        for (int from = 1; from <= ROWS; from += 1_000) {
            var insert = dsl.insertInto(T).columns(ID, CHANGES);
            for (long id = from; id < from + 1_000; id++) {
                insert.values(id, 0);
            }
            insert.execute();
        }
    }

    private static final class Counting implements BatchMigration {
        @Override
        public BatchKey key() {
            return BatchKey.of(T, ID);
        }

        @Override
        public Condition pending() {
            return CHANGES.eq(0);
        }

        @Override
        public long migrate(RowBatch batch) {
            return batch.dsl()
                    .update(T)
                    .set(CHANGES, CHANGES.plus(1))
                    .where(batch.rows())
                    .execute();
        }
    }
}
