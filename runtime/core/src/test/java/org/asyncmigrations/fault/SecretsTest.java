package org.asyncmigrations.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.TestSource;
import org.asyncmigrations.dispatch.Dispatcher;
import org.asyncmigrations.dispatch.TestCatalog;
import org.asyncmigrations.dispatch.TestTables;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Passwords and row values don't appear in anything shown, logged, reported or stored. */
class SecretsTest {
    private static final String SECRET = "geheim";

    /** The driver manager repeats a URL in its message if no driver accepts it. */
    private static final String URL = "jdbc:nosuch://server/db?user=me&password=" + SECRET;

    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void thePasswordOfTheUrlIsNotShownWhenThereIsNoConnection() throws Exception {
        TestSource source = () -> DriverManager.getConnection(URL);
        try (CapturedLog log = new CapturedLog()) {
            try (Dispatcher registry =
                    new TestCatalog().data(1, run -> {}).on(source).build()) {
                Dispatch dispatch = registry.dispatch();
                dispatch.await(Duration.ofMillis(300));
                assertThat(dispatch.message()).contains("jdbc:nosuch").doesNotContain(SECRET);
                assertThat(registry.migration(1)).satisfies(handle -> {
                    try {
                        handle.state();
                    } catch (RuntimeException failure) {
                        assertThat(failure.getMessage()).doesNotContain(SECRET);
                    }
                });
            }
            assertThat(log.text()).contains("jdbc:nosuch").doesNotContain(SECRET);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void thePasswordOfAnotherDatabaseIsNotStoredOrLogged(TestDatabase database) throws Exception {
        TestCatalog catalog = new TestCatalog().data(1, run -> {
            throw new IllegalStateException("cannot open " + URL);
        });
        try (Fresh fresh = database.fresh();
                CapturedLog log = new CapturedLog()) {
            assertThat(told(fresh, catalog)).contains("jdbc:nosuch").doesNotContain(SECRET);
            assertThat(log.text()).contains("jdbc:nosuch").doesNotContain(SECRET);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void theValuesOfARejectedRowAreNotStoredOrLogged(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh();
                CapturedLog log = new CapturedLog()) {
            Table<Record> people = table(name("people"));
            fresh.dsl()
                    .createTable(people)
                    .column("id", SQLDataType.BIGINT.nullable(false))
                    .column("level", SQLDataType.INTEGER)
                    .column("secret", SQLDataType.VARCHAR(20))
                    .primaryKey("id")
                    .check(field(name("level")).lt(inline(7)))
                    .execute();
            for (int id = 1; id <= 20; id++) {
                fresh.dsl()
                        .insertInto(people, field(name("id")), field(name("secret")))
                        .values(id, SECRET)
                        .execute();
            }
            String told = told(fresh, new TestCatalog().batch(1, new Levels(people)));
            assertThat(told).contains("rejected").doesNotContain(SECRET);
            assertThat(log.text()).doesNotContain(SECRET);
        }
    }

    /** Sets each level to the id's last digit; a few violate the table's constraint. */
    private record Levels(Table<Record> people) implements BatchMigration {
        private static final Field<Long> ID = field(name("id"), SQLDataType.BIGINT);
        private static final Field<Integer> LEVEL = field(name("level"), SQLDataType.INTEGER);

        @Override
        public BatchKey key() {
            return BatchKey.of(people, ID);
        }

        @Override
        public Condition pending() {
            return LEVEL.isNull();
        }

        @Override
        public long migrate(RowBatch batch) throws Exception {
            return batch.update(people, row -> row.set(LEVEL, (int) (row.get(ID) % 10)));
        }
    }

    /** Runs a build that fails. {@return everything reported about it: events, status, state tables} */
    private static String told(Fresh fresh, TestCatalog catalog) throws Exception {
        List<Object> told = new CopyOnWriteArrayList<>();
        try (Dispatcher registry = catalog.on(fresh.dataSource())
                .maxAttempts(1)
                .listener(told::add)
                .build()) {
            Dispatch dispatch = registry.dispatch();
            assertThat(dispatch.await(LONG)).isEqualTo(Outcome.FAILED);
            told.add(dispatch.message());
            told.add(registry.status());
            told.add(registry.migration(1).rejects());
        }
        for (Table<?> table : TestTables.all().all()) {
            told.add(fresh.dsl().selectFrom(table).fetch().formatCSV());
        }
        return told.toString();
    }
}
