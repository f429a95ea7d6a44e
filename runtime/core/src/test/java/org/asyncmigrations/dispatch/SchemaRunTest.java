package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.Mode;
import org.asyncmigrations.Phase;
import org.asyncmigrations.SchemaChange;
import org.asyncmigrations.SchemaMigration;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.dispatch.SentStatements.Cut;
import org.asyncmigrations.dispatch.SentStatements.Moment;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Schema changes: done once, done twice, and resumed behind each of their statements. */
class SchemaRunTest {
    /** The statements on the schema, those that look at the rows, and each of their transactions' ends. */
    private static final String OF_A_CHANGE =
            "(?is)(set statement .* for )?(alter table|create (unique )?index|drop index|select 1 from).*|commit";

    static Stream<Arguments> cases() {
        return Stream.of(TestDatabase.values())
                .flatMap(kind -> SchemaCase.of(kind).map(one -> Arguments.of(kind, one)));
    }

    static RegistryBuilder<Dispatcher> builder(TestCatalog catalog, javax.sql.DataSource source, Worker worker) {
        return catalog.on(source)
                .worker(worker)
                .threads(1)
                .mode(Mode.AFTER)
                .maxAttempts(1)
                .giveWay(Duration.ofMillis(1))
                .beatenByHand(true)
                .maxReplicationLag(Duration.ZERO);
    }

    private static MigrationStatus run(TestCatalog catalog, javax.sql.DataSource source) {
        ManualWorker worker = new ManualWorker();
        try (Dispatcher registry = builder(catalog, source, worker).build()) {
            registry.dispatch();
            worker.untilIdle();
            return Objects.requireNonNull(registry.status().of(1));
        }
    }

    private static void forget(DSLContext dsl) {
        TestTables.all().all().forEach(table -> dsl.deleteFrom(table).execute());
    }

    private static List<String> details(DSLContext dsl) {
        var events = TestTables.all().events();
        return dsl.select(events.DETAIL)
                .from(events)
                .where(events.EVENT.eq("done"))
                .fetch(events.DETAIL);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void eachChangeIsDoneOnceAndASecondRunFindsItDone(TestDatabase kind, SchemaCase one) {
        try (var fresh = kind.fresh()) {
            SchemaCase.prepare(fresh.dsl());
            assertThat(one.isThere(kind, fresh.dsl())).isFalse();
            MigrationStatus first = run(one.catalog(), fresh.dataSource());
            assertThat(first.error()).isNull();
            assertThat(first.state()).isEqualTo(State.DONE);
            assertThat(one.isThere(kind, fresh.dsl())).isTrue();
            forget(fresh.dsl());
            assertThat(run(one.catalog(), fresh.dataSource()).error()).isNull();
            assertThat(one.isThere(kind, fresh.dsl())).isTrue();
            // What looks through the rows looks again.
            assertThat(details(fresh.dsl()))
                    .allMatch(detail -> detail.matches("attempt 1, (nothing was left to do|1 statement)"));
        }
    }

    /** In the usual command those with several statements, or several ways to send one. */
    static Stream<Arguments> cuts() {
        boolean all = System.getProperty("cuts", "").equals("all");
        return cases().filter(one -> all || isUsual((TestDatabase) one.get()[0], (SchemaCase) one.get()[1]));
    }

    private static boolean isUsual(TestDatabase kind, SchemaCase one) {
        return switch (kind) {
            case H2 -> one == SchemaCase.CHECK;
            case MARIADB -> one == SchemaCase.FOREIGN_KEY || one == SchemaCase.DROP_COLUMN;
            case POSTGRES ->
                one == SchemaCase.UNIQUE_INDEX || one == SchemaCase.NOT_NULL || one == SchemaCase.DROP_INDEX;
        };
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void aChangeGoesOnBehindEachOfItsStatements(TestDatabase kind, SchemaCase one) {
        try (var fresh = kind.fresh()) {
            SchemaCase.prepare(fresh.dsl());
            run(one.catalog(), fresh.dataSource());
            List<String> sent = cut(kind, one, fresh, Cut.NEVER).sent();
            int first = IntStream.range(0, sent.size())
                    .filter(at -> sent.get(at).contains("orders"))
                    .findFirst()
                    .orElseThrow();
            int cuts = 0;
            for (int at = first; at < sent.size(); at++) {
                if (sent.get(at).matches(OF_A_CHANGE)) {
                    for (Moment moment : Moment.values()) {
                        cut(kind, one, fresh, new Cut(at + 1, moment));
                        cuts++;
                    }
                }
            }
            assertThat(cuts).isGreaterThanOrEqualTo(4);
        }
    }

    private static SentStatements cut(TestDatabase kind, SchemaCase one, TestDatabase.Fresh fresh, Cut cut) {
        SchemaCase.prepare(fresh.dsl());
        forget(fresh.dsl());
        SentStatements connections = new CutConnections(kind, fresh, cut);
        ManualWorker worker = new ManualWorker();
        Duration[] later = {Duration.ZERO};
        try (Dispatcher registry = builder(one.catalog(), connections, worker)
                .maxAttempts(5)
                .clockShift(() -> later[0])
                .build()) {
            registry.dispatch();
            for (int round = 0; round < 5 && worker.untilIdle() != Step.Kind.FINISHED; round++) {
                later[0] = later[0].plus(Duration.ofSeconds(31));
            }
        }
        String where = cut + ": " + connections.what();
        var rows = TestTables.all().migrations();
        var row = fresh.dsl().select(rows.STATE, rows.ERROR).from(rows).fetchSingle();
        assertThat(row.value2()).as(where).isNull();
        assertThat(row.value1()).as(where).isEqualTo("done");
        assertThat(one.isThere(kind, fresh.dsl())).as(where).isTrue();
        return connections;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void somethingElseOfThatNameIsRefusedInWords(TestDatabase kind, SchemaCase one) {
        try (var fresh = kind.fresh()) {
            SchemaCase.prepare(fresh.dsl());
            if (!one.makeOther(fresh.dsl())) {
                return;
            }
            MigrationStatus status = run(one.catalog(), fresh.dataSource());
            assertThat(status.state()).isEqualTo(State.FAILED);
            assertThat(status.firstError()).contains(" of table orders exists with another definition than ");
        }
    }

    private static TestCatalog of(SchemaMigration migration) {
        return new TestCatalog().with(MigrationEntry.schema(1, "test.M1", Phase.ASYNC, "f1"), () -> migration);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whatTakesSomethingAwayIsRefusedBeforeTheRelease(TestDatabase kind) {
        try (var fresh = kind.fresh()) {
            SchemaCase.prepare(fresh.dsl());
            MigrationStatus status = run(of(SchemaCase.DROP_COLUMN::change), fresh.dataSource());
            assertThat(status.firstError())
                    .contains("removes something that older instances may still use; annotate it @AfterRelease");
            assertThat(SchemaCase.DROP_COLUMN.isThere(kind, fresh.dsl())).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aDroppedColumnMustBeTheOneThatIsRetired(TestDatabase kind) {
        try (var fresh = kind.fresh()) {
            SchemaCase.prepare(fresh.dsl());
            TestCatalog catalog = SchemaCase.DROP_COLUMN.catalog().takingAway(SchemaCase.ORDERS, "note");
            assertThat(run(catalog, fresh.dataSource()).firstError())
                    .contains("drops column legacy, but its @RetiresColumn names note");
            assertThat(SchemaCase.DROP_COLUMN.isThere(kind, fresh.dsl())).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void rowsThatBreakAConstraintFailItUntilTheyAreCorrected(TestDatabase kind) {
        try (var fresh = kind.fresh()) {
            SchemaCase.prepare(fresh.dsl());
            fresh.dsl().insertInto(SchemaCase.ORDERS).values(50, 77, "", 1, 1).execute();
            ManualWorker worker = new ManualWorker();
            try (Dispatcher registry = builder(SchemaCase.FOREIGN_KEY.catalog(), fresh.dataSource(), worker)
                    .build()) {
                registry.dispatch();
                worker.untilIdle();
                assertThat(Objects.requireNonNull(registry.status().of(1)).state())
                        .isEqualTo(State.FAILED);
                fresh.dsl()
                        .deleteFrom(SchemaCase.ORDERS)
                        .where(SchemaCase.ID.eq(50L))
                        .execute();
                registry.migration(1).retry();
                worker.untilIdle();
                assertThat(Objects.requireNonNull(registry.status().of(1)).error())
                        .isNull();
            }
            assertThat(SchemaCase.FOREIGN_KEY.isThere(kind, fresh.dsl())).isTrue();
        }
    }

    /** Of version 18 on; the column counts as not null in the catalog. */
    @Test
    void aNotNullThatIsNotValidatedIsValidated() {
        try (var fresh = TestDatabase.POSTGRES.fresh()) {
            SchemaCase.prepare(fresh.dsl());
            fresh.dsl().execute("update orders set note = '' where note is null");
            fresh.dsl().execute("alter table orders add constraint note_given not null note not valid");
            MigrationStatus status =
                    run(of(() -> SchemaChange.setNotNull(SchemaCase.ORDERS, SchemaCase.NOTE)), fresh.dataSource());
            assertThat(status.error()).isNull();
            assertThat(fresh.dsl().fetchValue("select convalidated from pg_constraint where conname = 'note_given'"))
                    .isEqualTo(true);
        }
    }

    @Test
    void aValueThatIsComputedForEachRowIsRefusedBeforeTheTableIsRewritten() {
        try (var fresh = TestDatabase.POSTGRES.fresh()) {
            SchemaCase.prepare(fresh.dsl());
            var column = DSL.field(
                    DSL.name("token"), SQLDataType.UUID.defaultValue(DSL.field("gen_random_uuid()", SQLDataType.UUID)));
            MigrationStatus status =
                    run(of(() -> SchemaChange.addColumn(SchemaCase.ORDERS, column)), fresh.dataSource());
            assertThat(status.firstError()).contains("which would lock everybody out while it rewrites the table");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aColumnIsDroppedByANameInAnotherCase(TestDatabase kind) {
        try (var fresh = kind.fresh()) {
            SchemaCase.prepare(fresh.dsl());
            SchemaMigration drop = () -> SchemaChange.dropColumn(SchemaCase.ORDERS, "LEGACY");
            TestCatalog catalog =
                    new TestCatalog().with(MigrationEntry.schema(1, "test.M1", Phase.AFTER_RELEASE, "f1"), () -> drop);
            assertThat(run(catalog, fresh.dataSource()).error()).isNull();
            assertThat(SchemaCase.DROP_COLUMN.isThere(kind, fresh.dsl())).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRES", "MARIADB"})
    void aForeignKeyBetweenTablesThatAreNamedWithoutQuotesIsRecognized(TestDatabase kind) {
        try (var fresh = kind.fresh()) {
            SchemaCase.prepare(fresh.dsl());
            SchemaMigration key = () -> SchemaChange.addForeignKey("orders_key")
                    .on(DSL.table("orders"), DSL.field("customer_id"))
                    .references(DSL.table("customers"), DSL.field("id"));
            assertThat(run(of(key), fresh.dataSource()).error()).isNull();
            assertThat(SchemaCase.FOREIGN_KEY.isThere(kind, fresh.dsl())).isTrue();
        }
    }

    @Test
    void whatCouldNotBeRecognizedAfterwardsIsNotBegun() {
        try (var fresh = TestDatabase.MARIADB.fresh()) {
            SchemaCase.prepare(fresh.dsl());
            fresh.dsl().execute("alter table orders add fulltext index (note)");
            assertThat(run(SchemaCase.INDEX.catalog(), fresh.dataSource()).firstError())
                    .contains("no temporary copy of table orders can be made");
            assertThat(SchemaCase.INDEX.isThere(TestDatabase.MARIADB, fresh.dsl()))
                    .isFalse();
        }
    }

    @Test
    void aCommentThatSpeaksOfNotNullIsNoConstraint() {
        try (var fresh = TestDatabase.MARIADB.fresh()) {
            SchemaCase.prepare(fresh.dsl());
            fresh.dsl().execute("alter table orders modify amount int null comment 'is NOT NULL since 2'");
            assertThat(run(SchemaCase.NOT_NULL.catalog(), fresh.dataSource()).error())
                    .isNull();
            assertThat(SchemaCase.NOT_NULL.isThere(TestDatabase.MARIADB, fresh.dsl()))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void theOrderOfNullsIsKeptOrRefused(TestDatabase kind) {
        try (var fresh = kind.fresh()) {
            SchemaCase.prepare(fresh.dsl());
            SchemaMigration index = () -> SchemaChange.createIndex("orders_index")
                    .on(SchemaCase.ORDERS, SchemaCase.NOTE.asc().nullsFirst());
            String error = run(of(index), fresh.dataSource()).firstError();
            if (kind == TestDatabase.POSTGRES) {
                assertThat(error).isNull();
                assertThat(fresh.dsl().fetchValue("select pg_get_indexdef('orders_index'::regclass)"))
                        .asString()
                        .contains("NULLS FIRST");
            } else {
                assertThat(error).contains("has no nulls first or last");
            }
        }
    }

    @Test
    void whatAProductCannotDoWithoutBlockingIsRefusedInWords() {
        try (var fresh = TestDatabase.MARIADB.fresh()) {
            SchemaCase.prepare(fresh.dsl());
            for (SchemaCase one : List.of(SchemaCase.PARTIAL_INDEX, SchemaCase.EXPRESSION_INDEX)) {
                assertThat(run(one.catalog(), fresh.dataSource()).firstError())
                        .contains("without blocking writes, so it is not done");
                forget(fresh.dsl());
            }
            // The server itself says what an algorithm does not allow.
            var column = DSL.field(DSL.name("number"), SQLDataType.BIGINT.identity(true));
            assertThat(run(of(() -> SchemaChange.addColumn(SchemaCase.ORDERS, column)), fresh.dataSource())
                            .state())
                    .isEqualTo(State.FAILED);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void thePlanListsTheStatementsThatAreLeft(TestDatabase kind) {
        try (var fresh = kind.fresh()) {
            SchemaCase.prepare(fresh.dsl());
            try (Dispatcher registry = SchemaCase.NOT_NULL
                    .catalog()
                    .on(fresh.dataSource())
                    .worker(new ManualWorker())
                    .build()) {
                List<String> statements = registry.migration(1).schemaPlan().statements();
                assertThat(registry.migration(1).schemaPlan().toString())
                        .startsWith("migration 1 (M1), created\n  ")
                        .contains(statements);
                assertThat(statements).hasSize(kind == TestDatabase.POSTGRES ? 4 : 1);
                assertThatThrownBy(() -> registry.migration(1).plan())
                        .isInstanceOf(MigrationException.class)
                        .hasMessageContaining("ask schemaPlan()")
                        .hasMessageContaining(statements.get(0));
            }
            assertThat(SchemaCase.NOT_NULL.isThere(kind, fresh.dsl())).isFalse();
            run(SchemaCase.NOT_NULL.catalog(), fresh.dataSource());
            assertThat(SchemaCase.NOT_NULL.isThere(kind, fresh.dsl())).isTrue();
        }
    }
}
