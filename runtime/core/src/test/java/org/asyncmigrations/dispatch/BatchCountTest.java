package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.asyncmigrations.dispatch.Orders.CHANGES;
import static org.asyncmigrations.dispatch.Orders.DONE;
import static org.asyncmigrations.dispatch.Orders.ID;
import static org.asyncmigrations.dispatch.Orders.LINES;
import static org.asyncmigrations.dispatch.Orders.LINE_CHANGES;
import static org.asyncmigrations.dispatch.Orders.ORDERS;
import static org.asyncmigrations.dispatch.Orders.ORDER_ID;
import static org.asyncmigrations.dispatch.Orders.update;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.dispatch.Orders.Change;
import org.asyncmigrations.dispatch.Orders.OfOrders;
import org.asyncmigrations.dispatch.TroubleBench.Seen;
import org.asyncmigrations.fault.CapturedLog;
import org.jooq.Query;
import org.jooq.impl.DSL;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code rows_done} of a batch migration is the database's count, whatever {@code migrate()} returns. */
class BatchCountTest {
    /** Fits into one batch. On a slow machine, the batch is halved. */
    private static final int ROWS = 60;

    /** A count that no database returns in any of these cases. */
    private static final long NONSENSE = 7;

    private static final String NO_LINES = "delete from \"order_lines\" where 1 = 0";

    private static final String WARNING = "migrate() returned ";

    /** The result of a run: the status and the log. */
    private record Ran(Seen seen, String log) {
        long rows() {
            return seen.of(1).progress().rowsDone();
        }
    }

    private static Ran run(Fresh fresh, DataSource source, boolean hasPending, Change change) throws Exception {
        try (CapturedLog log = new CapturedLog()) {
            Seen seen = TroubleBench.run(
                    source,
                    new TestCatalog().batch(1, new OfOrders(hasPending, change)),
                    builder -> builder.threads(1));
            assertThat(seen.outcome()).as(seen.error(1)).isEqualTo(Outcome.DONE);
            assertThat(Orders.changed(fresh.dsl(), 1)).isEqualTo(ROWS);
            return new Ran(seen, log.text());
        }
    }

    /** Every change of all orders is counted, whether {@code migrate()} returns the count or nonsense. */
    private static void counts(TestDatabase database, Map<String, Change> changes) throws Exception {
        try (Fresh fresh = database.fresh()) {
            Orders.create(fresh.dsl(), ROWS);
            for (Map.Entry<String, Change> change : changes.entrySet()) {
                String name = change.getKey();
                Ran nonsense = run(fresh, fresh.dataSource(), true, batch -> {
                    change.getValue().on(batch);
                    return NONSENSE;
                });
                assertThat(nonsense.rows()).as(name).isEqualTo(ROWS);
                assertThat(nonsense.log().split(Pattern.quote(WARNING), -1))
                        .as(name + nonsense.log())
                        .hasSize(2);
                assertThat(nonsense.log())
                        .as(name)
                        .contains("migration 1 (M1): migrate() returned 7, and the database counted ");
                Orders.again(fresh.dsl(), ROWS);
                Ran right = run(fresh, fresh.dataSource(), true, change.getValue());
                assertThat(right.rows()).as(name).isEqualTo(ROWS);
                assertThat(right.log()).as(name).doesNotContain(WARNING);
                Orders.again(fresh.dsl(), ROWS);
            }
        }
    }

    /** If the database can't count, {@code migrate()} is believed. */
    private static void believes(TestDatabase database, Change change) throws Exception {
        try (Fresh fresh = database.fresh()) {
            Orders.create(fresh.dsl(), ROWS);
            Ran ran = run(fresh, fresh.dataSource(), true, batch -> {
                change.on(batch);
                return NONSENSE;
            });
            assertThat(ran.rows() % NONSENSE).isZero();
            assertThat(ran.rows()).isPositive();
            assertThat(ran.log()).doesNotContain(WARNING);
        }
    }

    private static String text(RowBatch batch, String before) {
        return before + batch.dsl().renderInlined(update(batch).where(batch.rows()));
    }

    private static long jdbc(RowBatch batch, Work work) {
        return batch.dsl().connectionResult(work::on);
    }

    private interface Work {
        long on(Connection connection) throws Exception;
    }

    private static List<Long> ids(RowBatch batch) {
        return batch.dsl().select(ID).from(ORDERS).where(batch.rows()).fetch(ID);
    }

    /** With the key as its only parameter. */
    private static Query one(RowBatch batch) {
        return batch.dsl()
                .update(ORDERS)
                .set(DONE, DSL.inline(1))
                .set(CHANGES, CHANGES.plus(DSL.inline(1)))
                .where(ID.eq(DSL.param("id", Long.class)));
    }

    private static long sum(int[] rows) {
        long sum = 0;
        for (int count : rows) {
            sum += count;
        }
        return sum;
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void statementsOfJooqAreCounted(TestDatabase database) throws Exception {
        Map<String, Change> changes = new LinkedHashMap<>();
        changes.put("builder", batch -> update(batch).where(batch.rows()).execute());
        changes.put("text", batch -> batch.dsl().execute(text(batch, "/* of the batch */ ")));
        changes.put(
                "batch.update",
                batch -> batch.update(ORDERS, row -> {
                    row.set(DONE, 1);
                    row.set(CHANGES, row.get("changes", Integer.class) + 1);
                }));
        changes.put("a batch of one row each", batch -> {
            Query[] queries = ids(batch).stream()
                    .map(id -> update(batch).where(ID.eq(id)))
                    .toArray(Query[]::new);
            return sum(batch.dsl().batch(queries).execute());
        });
        changes.put("a batch with binds", batch -> {
            var bound = batch.dsl().batch(one(batch));
            ids(batch).forEach(bound::bind);
            return sum(bound.execute());
        });
        changes.put(
                "nested",
                batch -> batch.dsl().transactionResult(nested -> nested.dsl().execute(text(batch, ""))));
        counts(database, changes);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void statementsOfPlainJdbcAreCounted(TestDatabase database) throws Exception {
        Map<String, Change> changes = new LinkedHashMap<>();
        changes.put(
                "prepared",
                batch -> jdbc(batch, connection -> {
                    try (PreparedStatement statement = connection.prepareStatement(text(batch, ""))) {
                        return statement.executeUpdate();
                    }
                }));
        changes.put(
                "prepared, executed",
                batch -> jdbc(batch, connection -> {
                    try (PreparedStatement statement = connection.prepareStatement(text(batch, ""))) {
                        assertThat(statement.execute()).isFalse();
                        return statement.getUpdateCount();
                    }
                }));
        changes.put(
                "unprepared",
                batch -> jdbc(batch, connection -> {
                    try (Statement statement = connection.createStatement()) {
                        return statement.executeLargeUpdate(text(batch, ""));
                    }
                }));
        changes.put("a batch", batch -> {
            List<Long> ids = ids(batch);
            return jdbc(batch, connection -> {
                String sql = batch.dsl().render(one(batch));
                try (PreparedStatement statement = connection.prepareStatement(sql)) {
                    for (long id : ids) {
                        statement.setLong(1, id);
                        statement.addBatch();
                    }
                    return sum(statement.executeBatch());
                }
            });
        });
        changes.put(
                "a batch of texts",
                batch -> jdbc(batch, connection -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.addBatch(text(batch, ""));
                        statement.addBatch(
                                batch.dsl().renderInlined(DSL.deleteFrom(LINES).where(ORDER_ID.lt(0L))));
                        return sum(statement.executeBatch());
                    }
                }));
        counts(database, changes);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void rowsThatWereRolledBackToASavepointAreNotCounted(TestDatabase database) throws Exception {
        Map<String, Change> changes = new LinkedHashMap<>();
        changes.put("a nested transaction", batch -> {
            try {
                batch.dsl().transaction(nested -> {
                    nested.dsl().execute(text(batch, ""));
                    throw new IllegalStateException("not so");
                });
            } catch (IllegalStateException expected) {
                return update(batch).where(batch.rows()).execute();
            }
            throw new AssertionError("the nested transaction did not fail");
        });
        changes.put(
                "a savepoint",
                batch -> jdbc(batch, connection -> {
                    Savepoint before = connection.setSavepoint();
                    try (Statement statement = connection.createStatement()) {
                        statement.executeUpdate(text(batch, ""));
                        connection.rollback(before);
                        return statement.executeUpdate(text(batch, ""));
                    }
                }));
        counts(database, changes);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void ofSeveralTablesTheWalkedOneCounts(TestDatabase database) throws Exception {
        Map<String, Change> changes = new LinkedHashMap<>();
        changes.put("their own count", batch -> {
            lines(batch);
            return update(batch).where(batch.rows()).execute();
        });
        changes.put(
                "of both",
                batch -> lines(batch) + update(batch).where(batch.rows()).execute());
        counts(database, changes);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void rowsThatTwoStatementsHaveChangedCountOnceIfMigrateSaysSo(TestDatabase database) throws Exception {
        Map<String, Change> changes = new LinkedHashMap<>();
        changes.put("the last one's count", batch -> {
            batch.dsl()
                    .update(ORDERS)
                    .set(CHANGES, CHANGES.plus(0))
                    .where(batch.rows())
                    .execute();
            return update(batch).where(batch.rows()).execute();
        });
        changes.put("the batch's size", batch -> {
            int rows = ids(batch).size();
            batch.dsl()
                    .update(ORDERS)
                    .set(CHANGES, CHANGES.plus(0))
                    .where(batch.rows(), ID.gt(10L))
                    .execute();
            update(batch).where(batch.rows()).execute();
            return rows;
        });
        try (Fresh fresh = database.fresh()) {
            Orders.create(fresh.dsl(), ROWS);
            for (Map.Entry<String, Change> change : changes.entrySet()) {
                Ran ran = run(fresh, fresh.dataSource(), true, change.getValue());
                assertThat(ran.rows()).as(change.getKey()).isEqualTo(ROWS);
                assertThat(ran.log()).as(change.getKey()).doesNotContain(WARNING);
                Orders.again(fresh.dsl(), ROWS);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aQuietRunDoesNotWarn(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh();
                CapturedLog log = new CapturedLog()) {
            Orders.create(fresh.dsl(), ROWS);
            OfOrders nonsense = new OfOrders(true, batch -> {
                update(batch).where(batch.rows()).execute();
                return NONSENSE;
            });
            TroubleBench.run(fresh.dataSource(), new TestCatalog().batch(1, nonsense), builder -> builder.quiet(true));
            assertThat(Orders.changed(fresh.dsl(), 1)).isEqualTo(ROWS);
            assertThat(log.text()).doesNotContain(WARNING);
        }
    }

    private static int lines(RowBatch batch) {
        return batch.dsl()
                .update(LINES)
                .set(LINE_CHANGES, LINE_CHANGES.plus(1))
                .where(ORDER_ID.in(ids(batch)))
                .execute();
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void withoutAChangeOfTheWalkedTableAllChangesCount(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            Orders.create(fresh.dsl(), ROWS);
            fresh.dsl().update(ORDERS).set(CHANGES, 1).execute();
            Ran ran = run(fresh, fresh.dataSource(), false, batch -> {
                lines(batch);
                return NONSENSE;
            });
            assertThat(ran.rows()).isEqualTo(3 * ROWS);
            assertThat(ran.log()).contains("and the database counted ");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aBatchThatWasHalvedCountsItsRowsOnce(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            Orders.create(fresh.dsl(), ROWS);
            boolean[] failed = new boolean[1];
            Ran ran = run(fresh, fresh.dataSource(), true, batch -> {
                update(batch).where(batch.rows()).execute();
                if (!failed[0]) {
                    failed[0] = true;
                    // The key exists already: the batch is rolled back and halved.
                    batch.dsl().insertInto(ORDERS, ID, CHANGES).values(1L, 0).execute();
                }
                return NONSENSE;
            });
            assertThat(failed[0]).isTrue();
            assertThat(ran.rows()).isEqualTo(ROWS);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void rowsThatAStatementReturnsAreCountedOrBelieved(TestDatabase database) throws Exception {
        if (database == TestDatabase.MARIADB) {
            return; // These don't support UPDATE … RETURNING.
        }
        counts(
                database,
                Map.of(
                        "fetched",
                        batch -> update(batch)
                                .where(batch.rows())
                                .returning(ID)
                                .fetch()
                                .size()));
        if (database == TestDatabase.POSTGRES) {
            believes(
                    database,
                    batch -> jdbc(batch, connection -> {
                        try (Statement statement = connection.createStatement();
                                ResultSet rows = statement.executeQuery(text(batch, "") + " returning id")) {
                            return rows.next() ? 1 : 0;
                        }
                    }));
            counts(database, Map.of("with", batch -> batch.dsl().execute(text(batch, "with chosen as (select 1) "))));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whatNobodyCountsIsBelieved(TestDatabase database) throws Exception {
        if (database == TestDatabase.MARIADB) {
            // It counts each row twice.
            believes(
                    database,
                    batch -> batch.dsl()
                            .execute("insert into orders (id, changes, done)"
                                    + " select o.id, o.changes, 1 from orders o where exists (select 1 from orders where orders.id = o.id and "
                                    + batch.dsl().renderInlined(batch.rows()) + ")"
                                    + " on duplicate key update changes = orders.changes + 1, done = 1"));
        } else {
            // For two statements in one text, the driver returns the first one's count.
            believes(database, batch -> batch.dsl().execute(NO_LINES + "; " + text(batch, "")));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void afterARollbackInTextTheNumberIsBelieved(TestDatabase database) throws Exception {
        believes(
                database,
                batch -> jdbc(batch, connection -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("savepoint mine");
                        statement.executeUpdate(text(batch, ""));
                        statement.execute("rollback to savepoint mine");
                        return statement.executeUpdate(text(batch, ""));
                    }
                }));
    }

    /** jOOQ returns 0 for each statement and sends them later. If it sends them at once, they are counted. */
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void statementsThatAreKeptForABatchAreNotCountedAsNone(TestDatabase database) throws Exception {
        Change change = batch -> {
            batch.dsl().batched(later -> {
                for (long id : ids(batch)) {
                    later.dsl()
                            .update(ORDERS)
                            .set(DONE, 1)
                            .set(CHANGES, CHANGES.plus(1))
                            .where(ID.eq(id))
                            .execute();
                }
            });
            return NONSENSE;
        };
        try (Fresh fresh = database.fresh()) {
            Orders.create(fresh.dsl(), ROWS);
            long rows = run(fresh, fresh.dataSource(), true, change).rows();
            assertThat(rows == ROWS || rows > 0 && rows % NONSENSE == 0)
                    .as("%s rows", rows)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aBatchWithoutAChangeOfRowsIsBelieved(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            Orders.create(fresh.dsl(), ROWS);
            fresh.dsl().update(ORDERS).set(CHANGES, 1).execute();
            Ran ran = run(fresh, fresh.dataSource(), false, batch -> ids(batch).size());
            assertThat(ran.rows()).isEqualTo(ROWS);
        }
    }

    /** With this driver setting, a statement doesn't count rows that already had the new values. */
    @org.junit.jupiter.api.Test
    void bothOfTheDriversWaysToCountAreTaken() throws Exception {
        for (String setting : List.of("false", "true")) {
            try (Fresh fresh = TestDatabase.MARIADB.fresh();
                    HikariDataSource pool = pool(fresh, fresh.url() + "?useAffectedRows=" + setting)) {
                Orders.create(fresh.dsl(), ROWS);
                Ran ran = run(fresh, pool, true, batch -> {
                    // All rows of the batch already have this value.
                    long found = batch.dsl()
                            .update(ORDERS)
                            .set(DONE, DONE)
                            .where(batch.rows())
                            .execute();
                    return found + update(batch).where(batch.rows()).execute();
                });
                assertThat(ran.rows()).as(setting).isEqualTo(setting.equals("true") ? ROWS : 2 * ROWS);
                assertThat(ran.log()).doesNotContain(WARNING);
            }
        }
    }

    private static HikariDataSource pool(Fresh fresh, String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(fresh.user());
        config.setPassword(fresh.password());
        config.setMinimumIdle(0);
        return new HikariDataSource(config);
    }
}
