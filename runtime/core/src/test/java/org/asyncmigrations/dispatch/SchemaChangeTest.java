package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import java.sql.Statement;
import java.util.stream.Stream;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.Mode;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.dispatch.TroubleBench.Seen;
import org.jooq.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the compiler cannot see is refused before it is sent: a schema change in an after-release migration. */
class SchemaChangeTest {
    private static final MigrationEntry LATER = MigrationEntry.afterRelease(1, "test.M1", By.TRANSACTION, "f1");

    private static Stream<DataMigration> ways() {
        String drop = "drop table customers";
        return Stream.of(
                run -> run.dsl().dropTable("customers").execute(),
                run -> run.dsl().execute(drop),
                run -> run.dsl().batch(drop, drop).execute(),
                run -> run.dsl().connection(connection -> connection.prepareStatement(drop)),
                run -> run.dsl().connection(connection -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.executeUpdate(drop);
                    }
                }),
                run -> run.dsl().transaction(inner -> inner.dsl().execute("/* so */ " + drop)));
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void isRefusedWhicheverWayItIsSent(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            Customers.create(fresh.dsl(), 10);
            for (DataMigration way : ways().toList()) {
                Seen seen = run(fresh, LATER, way);
                assertThat(seen.of(1).state()).isEqualTo(State.FAILED);
                assertThat(seen.error(1)).contains("[SchemaChangeAfterRelease]", "drop table", "@ChangesSchema");
                assertThat(fresh.dsl().fetchCount(Customers.CUSTOMERS)).isEqualTo(10);
                fresh.dsl().deleteFrom(TestTables.all().migrations()).execute();
            }
        }
    }

    @Test
    void isRefusedOnceAndNotTriedAgain() throws Exception {
        try (Fresh fresh = TestDatabase.H2.fresh();
                Dispatcher registry = new TestCatalog()
                        .with(LATER.withoutTransaction(), () ->
                                (DataMigration) run -> run.dsl().execute("truncate table customers"))
                        .on(fresh.dataSource())
                        .maxAttempts(5)
                        .build()) {
            registry.dispatch(Mode.AFTER).await(TroubleBench.LONG);
            assertThat(registry.status().of(1).state()).isEqualTo(State.FAILED);
            assertThat(registry.status().of(1).attempts()).isEqualTo(1);
        }
    }

    @Test
    void isSentWhereTheClassSaysSo() throws Exception {
        try (Fresh fresh = TestDatabase.POSTGRES.fresh()) {
            Customers.create(fresh.dsl(), 10);
            Seen seen = run(
                    fresh,
                    LATER.changingSchema(),
                    run -> run.dsl()
                            .alterTable("customers")
                            .dropColumn("changes")
                            .execute());
            assertThat(seen.of(1).state()).isEqualTo(State.DONE);
        }
    }

    @Test
    void isSentInAnAsyncMigration() throws Exception {
        try (Fresh fresh = TestDatabase.POSTGRES.fresh()) {
            Customers.create(fresh.dsl(), 10);
            MigrationEntry index =
                    MigrationEntry.async(1, "test.M1", By.DECLARATION, "f1").withoutTransaction();
            Seen seen = run(
                    fresh,
                    index,
                    run -> run.dsl().execute("create index concurrently if not exists i on customers (id)"));
            assertThat(seen.of(1).state()).isEqualTo(State.DONE);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void temporaryTablesAreNone(TestDatabase database) throws Exception {
        Table<?> some = table(name("some"));
        try (Fresh fresh = database.fresh()) {
            Seen seen = run(
                    fresh,
                    LATER.withoutTransaction(),
                    run -> run.dsl()
                            .createTemporaryTable(some)
                            .column(Customers.CHANGES)
                            .execute());
            assertThat(seen.of(1).state()).isEqualTo(State.DONE);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aTemporaryTableOfItsOwnMayBeTruncatedAndDropped(TestDatabase database) throws Exception {
        Table<?> some = table(name("bits"));
        try (Fresh fresh = database.fresh()) {
            Seen seen = run(fresh, LATER.withoutTransaction(), run -> {
                run.dsl().createTemporaryTable(some).column(Customers.CHANGES).execute();
                run.dsl().insertInto(some).values(1).execute();
                run.dsl().dropTable(some).execute();
                run.dsl().execute("create temporary table others (id int)");
                run.dsl().execute("drop table others");
            });
            assertThat(seen.of(1).state()).as(seen.error(1)).isEqualTo(State.DONE);
        }
    }

    @Test
    void anotherTableIsNoneOfItsOwn() throws Exception {
        try (Fresh fresh = TestDatabase.POSTGRES.fresh()) {
            Customers.create(fresh.dsl(), 10);
            Seen seen = run(fresh, LATER, run -> {
                run.dsl().execute("create temporary table bits (id int)");
                run.dsl().execute("truncate bits");
                run.dsl().execute("drop table bits, customers");
            });
            assertThat(seen.error(1)).contains("[SchemaChangeAfterRelease]", "drop table bits, customers");
        }
    }

    private static Seen run(Fresh fresh, MigrationEntry entry, DataMigration migration) throws Exception {
        return TroubleBench.run(
                fresh.dataSource(),
                new TestCatalog().with(entry, () -> migration),
                builder -> builder.mode(Mode.AFTER));
    }
}
