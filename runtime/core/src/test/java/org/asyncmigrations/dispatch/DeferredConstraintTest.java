package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What PostgreSQL would refuse at COMMIT is refused within the batch: the row is set aside, and all other rows are changed. */
class DeferredConstraintTest {
    private static final String UNIQUE = "add constraint guarded unique (place) deferrable initially deferred";

    private static final String FOREIGN =
            "add constraint guarded foreign key (place) references places deferrable initially deferred";

    private static final Field<Integer> PLACE = field(name("place"), SQLDataType.INTEGER);

    /** The seats 1,000, 2,000 and 3,000 get a place that is taken or doesn't exist. */
    private static class FillPlace implements BatchMigration {
        @Override
        public BatchKey key() {
            return BatchKey.of(table(name("seats")), field(name("id"), SQLDataType.BIGINT));
        }

        @Override
        public Condition pending() {
            return PLACE.isNull();
        }

        @Override
        public long migrate(RowBatch batch) throws Exception {
            return batch.dsl()
                    .update(table(name("seats")))
                    .set(PLACE, field(name("wanted"), Integer.class))
                    .where(batch.rows())
                    .execute();
        }
    }

    private static Fresh seats(String constraint) {
        Fresh fresh = TestDatabase.POSTGRES.fresh();
        fresh.dsl().execute("create table places (id int primary key)");
        fresh.dsl().execute("insert into places select generate_series(1, 3500)");
        fresh.dsl().execute("create table seats (id bigint primary key, wanted int, place int)");
        fresh.dsl().execute("insert into seats values (0, 7, 7)");
        fresh.dsl()
                .execute(
                        "insert into seats select i, case when i % 1000 = 0 then ? else i + 10 end, null"
                                + " from generate_series(1, 3000) i",
                        constraint.equals(FOREIGN) ? -7 : 7);
        fresh.dsl().execute("alter table seats " + constraint);
        return fresh;
    }

    private static Dispatcher build(
            Fresh fresh, BatchMigration migration, UnaryOperator<RegistryBuilder<Dispatcher>> settings) {
        return settings.apply(new TestCatalog().batch(1, migration).on(fresh.dataSource()))
                .build();
    }

    @ParameterizedTest
    @ValueSource(strings = {UNIQUE, FOREIGN})
    void theRowIsSetAside(String constraint) throws Exception {
        try (Fresh fresh = seats(constraint);
                Dispatcher registry = build(fresh, new FillPlace(), b -> b)) {
            assertThat(registry.dispatch().await(TroubleBench.LONG)).isEqualTo(Outcome.FAILED);
            assertThat(registry.migration(1).rejects())
                    .allMatch(row -> row.error().contains("guarded"))
                    .extracting(RejectedRow::key)
                    .containsExactlyInAnyOrder("1000", "2000", "3000");
            assertThat(fresh.dsl().fetchCount(table("seats"), PLACE.isNull())).isEqualTo(3);
            registry.migration(1).retry();
            assertThat(registry.dispatch().await(TroubleBench.LONG)).isEqualTo(Outcome.FAILED);
            assertThat(registry.migration(1).rejects()).hasSize(3).allMatch(row -> row.attempts() == 2);
            fresh.dsl().execute("update seats set wanted = id + 10");
            registry.migration(1).retry();
            assertThat(registry.dispatch().await(TroubleBench.LONG)).isEqualTo(Outcome.DONE);
        }
    }

    @Test
    void soIsThatOfATriggerAtTheEndOfTheTransaction() throws Exception {
        try (Fresh fresh = seats(UNIQUE);
                Dispatcher registry = build(fresh, new FillPlace(), b -> b)) {
            fresh.dsl().execute("alter table seats drop constraint guarded");
            fresh.dsl().execute(trigger("seats", "new.place = 7"));
            assertThat(registry.dispatch().await(TroubleBench.LONG)).isEqualTo(Outcome.FAILED);
            assertThat(registry.migration(1).rejects())
                    .allMatch(row -> row.error().contains("no place"))
                    .hasSize(3);
        }
    }

    private static String trigger(String table, String when) {
        return "create function refuse() returns trigger language plpgsql as"
                + " $$ begin raise exception 'no place' using errcode = 'AC423'; end $$;"
                + " create constraint trigger refuse after insert or update on " + table
                + " deferrable initially deferred for each row when (" + when + ") execute function refuse()";
    }

    /** Two statements that are only right together, also in each half of a halved batch. */
    @Test
    void whatIsDeferredIsNotCheckedBetweenTheStatementsOfABatch() throws Exception {
        BatchMigration inTwo = new FillPlace() {
            @Override
            public long migrate(RowBatch batch) throws Exception {
                batch.dsl()
                        .update(table(name("seats")))
                        .set(PLACE, 7)
                        .where(batch.rows())
                        .execute();
                return batch.dsl().execute("update seats set place = wanted where place = 7 and id > 0");
            }
        };
        try (Fresh fresh = seats(UNIQUE);
                Dispatcher registry = build(fresh, inTwo, b -> b)) {
            fresh.dsl().execute("update seats set wanted = id + 10 where id in (1000, 2000)");
            assertThat(registry.dispatch().await(TroubleBench.LONG)).isEqualTo(Outcome.FAILED);
            assertThat(registry.migration(1).rejects())
                    .extracting(RejectedRow::key)
                    .containsExactly("3000");
        }
    }

    @Test
    void aMigrationInOnePieceFailsItsAttemptWithTheDatabasesWords() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        try (Fresh fresh = seats(UNIQUE)) {
            Seen seen = TroubleBench.run(fresh.dataSource(), new TestCatalog().data(1, run -> {
                        runs.incrementAndGet();
                        run.dsl().execute("update seats set place = wanted");
                    }));
            assertThat(seen.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(seen.error(1)).contains("guarded");
            assertThat(runs).hasValue(1);
        }
    }

    @Test
    void aTrialFindsIt() {
        try (Fresh fresh = seats(UNIQUE);
                Dispatcher registry = build(fresh, new FillPlace(), b -> b)) {
            fresh.dsl().execute("update seats set wanted = 7");
            assertThat(org.assertj.core.api.Assertions.catchThrowable(registry.migration(1)::trial))
                    .hasMessageContaining("guarded");
        }
    }

    /** Here, the fence itself fires a deferred trigger. */
    @Test
    void aViolationBehindTheCheckFailsTheAttemptWithTheDatabasesWords() throws Exception {
        try (Fresh fresh = seats(UNIQUE)) {
            fresh.dsl().execute("update seats set wanted = id + 10");
            try (Dispatcher made = build(fresh, new FillPlace(), b -> b)) {
                made.dispatch().await(TroubleBench.LONG);
            }
            fresh.dsl().execute("update seats set place = null where id > 0");
            fresh.dsl().execute("delete from async_schema_migrations");
            fresh.dsl().execute(trigger("async_migration_ranges", "new.cursor is not null"));
            Seen seen = TroubleBench.run(fresh.dataSource(), new TestCatalog().batch(1, new FillPlace()));
            assertThat(seen.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(seen.error(1)).contains("no place");
            assertThat(seen.of(1).attempts()).isEqualTo(1);
        }
    }
}
