package org.asyncmigrations.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import java.time.Duration;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.dispatch.Dispatcher;
import org.asyncmigrations.dispatch.TestCatalog;
import org.asyncmigrations.dispatch.TestTables;
import org.asyncmigrations.state.StateTables;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** SQL in a table's or column's name is only a name. */
class QuotedNamesTest {
    private static final String EVIL = "x\"; drop table users; --";

    /** For MariaDB, which has another quote. */
    private static final String EVIL_TICK = "y`; drop table users; --'";

    private static final Table<Record> USERS = table(name("users"));

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void schemaTableColumnAndPrefixAreQuoted(TestDatabase database) throws Exception {
        for (String evil : new String[] {EVIL, EVIL_TICK}) {
            try (Fresh fresh = database.fresh()) {
                fresh.dsl().createTable(USERS).column("id", SQLDataType.BIGINT).execute();
                String schema = evil + fresh.url().hashCode();
                fresh.dsl().createSchema(name(schema)).execute();
                try {
                    migrate(fresh, TestTables.all(schema, evil + "_"), evil);
                } finally {
                    if (database == TestDatabase.MARIADB) {
                        fresh.dsl().dropSchema(name(schema)).execute();
                    }
                }
                assertThat(fresh.dsl().fetchCount(USERS)).isZero();
            }
        }
    }

    private static void migrate(Fresh fresh, StateTables tables, String evil) throws Exception {
        Evil migration = new Evil(table(name(evil)), field(name(evil, evil + "id"), SQLDataType.BIGINT));
        create(fresh.dsl(), migration);
        TestCatalog catalog = new TestCatalog().over(tables).batch(1, migration).data(2, run -> {});
        try (Dispatcher registry =
                catalog.on(fresh.dataSource()).application(evil).release(evil).build()) {
            assertThat(registry.migration(1).plan().toString()).isNotEmpty();
            assertThat(registry.dispatch().await(Duration.ofMinutes(1))).isEqualTo(Outcome.DONE);
            assertThat(registry.status().migrations()).hasSize(2);
        }
        assertThat(fresh.dsl().fetchCount(migration.table(), migration.changes().eq(2)))
                .isEqualTo(30);
        assertThat(fresh.dsl().fetchCount(tables.migrations())).isEqualTo(2);
        // A start that finds everything done reads the table by plain JDBC.
        try (Dispatcher again = catalog.on(fresh.dataSource()).build()) {
            assertThat(again.dispatch().outcome()).isEqualTo(Outcome.DONE);
        }
    }

    private static void create(DSLContext dsl, Evil migration) {
        dsl.createTable(migration.table())
                .column(migration.id().getUnqualifiedName(), SQLDataType.BIGINT.nullable(false))
                .column("changes", SQLDataType.INTEGER)
                .primaryKey(migration.id().getUnqualifiedName())
                .execute();
        for (long id = 0; id < 30; id++) {
            dsl.insertInto(migration.table(), migration.id(), migration.changes())
                    .values(id, 0)
                    .execute();
        }
    }

    /** Changes each row twice: with a statement, and in Java. */
    private record Evil(Table<Record> table, Field<Long> id) implements BatchMigration {
        Field<Integer> changes() {
            return field(name(table.getName(), "changes"), SQLDataType.INTEGER);
        }

        @Override
        public BatchKey key() {
            return BatchKey.of(table, id);
        }

        @Override
        public Condition pending() {
            return changes().lt(2);
        }

        @Override
        public long migrate(RowBatch batch) throws Exception {
            batch.update(table, row -> row.set(changes(), row.get(changes()) + 1));
            return batch.dsl()
                    .update(table)
                    .set(changes(), changes().plus(1))
                    .where(batch.rows())
                    .execute();
        }
    }
}
