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
import static org.jooq.impl.DSL.constraint;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.dispatch.Orders.Change;
import org.asyncmigrations.dispatch.Orders.OfOrders;
import org.asyncmigrations.dispatch.TroubleBench.Seen;
import org.jooq.QueryPart;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A statement without {@code .where(batch.rows())} is refused before it commits anything. A correct statement never is. */
class ForgottenBatchTest {
    /** Two batches: the first batch has 500 rows. */
    private static final int ROWS = 1_200;

    /** Plain text, except for the table's name, which each product writes differently. */
    private static int text(RowBatch batch, String sql, QueryPart... more) {
        List<QueryPart> parts =
                new ArrayList<>(List.of(ORDERS, DONE.getUnqualifiedName(), CHANGES.getUnqualifiedName()));
        parts.addAll(List.of(more));
        return batch.dsl().execute(sql, parts.toArray(QueryPart[]::new));
    }

    private static final String TEXT = "update {0} set {1} = 1, {2} = {2} + 1";

    private static Seen run(Fresh fresh, boolean hasPending, Change change) throws Exception {
        return TroubleBench.run(
                fresh.dataSource(),
                new TestCatalog().batch(1, new OfOrders(hasPending, change)),
                builder -> builder.maxAttempts(5).threads(1));
    }

    private static void refused(TestDatabase database, Map<String, Change> slips, String... message) throws Exception {
        try (Fresh fresh = database.fresh()) {
            Orders.create(fresh.dsl(), ROWS);
            for (Map.Entry<String, Change> slip : slips.entrySet()) {
                for (boolean hasPending : new boolean[] {true, false}) {
                    Seen seen = run(fresh, hasPending, slip.getValue());
                    assertThat(seen.outcome())
                            .as("%s: %s", slip.getKey(), seen.message())
                            .isEqualTo(Outcome.FAILED);
                    assertThat(seen.error(1))
                            .as(slip.getKey())
                            .contains("OfOrders.migrate()", ".where(batch.rows())")
                            .contains(message)
                            .doesNotContain("\tat ");
                    assertThat(Orders.changed(fresh.dsl(), 0)).as(slip.getKey()).isEqualTo(ROWS);
                    assertThat(seen.of(1).attempts()).isEqualTo(1);
                    Orders.forget(fresh.dsl());
                }
            }
        }
    }

    private static void right(TestDatabase database, Map<String, Change> changes) throws Exception {
        try (Fresh fresh = database.fresh()) {
            Orders.create(fresh.dsl(), ROWS);
            for (Map.Entry<String, Change> change : changes.entrySet()) {
                for (boolean hasPending : new boolean[] {true, false}) {
                    Seen seen = run(fresh, hasPending, change.getValue());
                    assertThat(seen.outcome())
                            .as("%s: %s", change.getKey(), seen.error(1))
                            .isEqualTo(Outcome.DONE);
                    assertThat(Orders.changed(fresh.dsl(), 1))
                            .as(change.getKey())
                            .isEqualTo(ROWS);
                    Orders.again(fresh.dsl(), ROWS);
                }
            }
        }
    }

    private static long counted(RowBatch batch) {
        return batch.dsl().fetchCount(ORDERS, batch.rows());
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void codeThatNeverAsksForItsRowsIsRefused(TestDatabase database) throws Exception {
        Map<String, Change> slips = new LinkedHashMap<>();
        slips.put("update", batch -> update(batch).where(noCondition()).execute());
        slips.put(
                "its own pending rows",
                batch -> update(batch).where(DONE.isNull()).execute());
        slips.put("text", batch -> text(batch, TEXT));
        slips.put("delete", batch -> batch.dsl().deleteFrom(ORDERS).execute());
        slips.put(
                "JDBC batch",
                batch -> batch.dsl().batch(update(batch), update(batch)).execute().length);
        refused(database, slips, "uses neither batch.rows() nor batch.update()");
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aStatementThatReportsMoreRowsThanTheBatchHasIsRefused(TestDatabase database) throws Exception {
        Map<String, Change> slips = new LinkedHashMap<>();
        slips.put("asked for, not used", batch -> {
            counted(batch);
            return update(batch).where(DONE.isNull()).execute();
        });
        slips.put(
                "or",
                batch -> update(batch).where(batch.rows().or(DONE.isNull())).execute());
        slips.put("of an alias", batch -> {
            counted(batch);
            return batch.dsl()
                    .update(ORDERS.as("o"))
                    .set(CHANGES.as("changes"), inline(1))
                    .execute();
        });
        slips.put("delete", batch -> {
            counted(batch);
            return batch.dsl().deleteFrom(ORDERS).execute();
        });
        slips.put("before the right one", batch -> {
            batch.dsl().update(ORDERS).set(CHANGES, inline(7)).execute();
            return update(batch).where(batch.rows()).execute();
        });
        refused(database, slips, "the statement changed 1,200 rows of", "and the batch has 500");
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void soIsOneOfPlainTextThatChangesRowsEvenForABatchWithoutAny(TestDatabase database) throws Exception {
        Map<String, Change> slips = new LinkedHashMap<>();
        slips.put("update", batch -> counted(batch) * text(batch, TEXT));
        slips.put("pending ones", batch -> counted(batch) * text(batch, TEXT + " where {1} is null"));
        slips.put("delete", batch -> counted(batch) * text(batch, "delete from {0}"));
        refused(
                database,
                slips,
                "a statement changed 1,200 rows for a batch of 500, and it changes rows of",
                "even for a batch without any");
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whateverHoldsTheBatchsRowsIsRight(TestDatabase database) throws Exception {
        Map<String, Change> right = new LinkedHashMap<>();
        right.put("where", batch -> update(batch).where(batch.rows()).execute());
        right.put(
                "and", batch -> update(batch).where(ID.gt(0L).and(batch.rows())).execute());
        right.put("text", batch -> text(batch, TEXT + " where {3}", batch.rows()));
        right.put(
                "rendered text",
                batch -> text(batch, TEXT + " where " + batch.dsl().renderInlined(batch.rows())));
        right.put(
                "ids",
                batch -> update(batch)
                        .where(ID.in(batch.dsl()
                                .select(ID)
                                .from(ORDERS)
                                .where(batch.rows())
                                .fetch(ID)))
                        .execute());
        right.put(
                "sub-select",
                batch -> update(batch)
                        .where(ID.in(select(field(name("id"), Long.class))
                                .from(select(ID)
                                        .from(ORDERS)
                                        .where(batch.rows())
                                        .asTable("some"))))
                        .execute());
        right.put(
                "batch.update",
                batch -> batch.update(ORDERS, row -> {
                    row.set(DONE, 1);
                    row.set(CHANGES, row.get("changes", Integer.class) + 1);
                }));
        right.put(
                "nested transaction",
                batch -> batch.dsl()
                        .transactionResult(nested -> nested.dsl()
                                .update(ORDERS)
                                .set(DONE, 1)
                                .set(CHANGES, CHANGES.plus(1))
                                .where(batch.rows())
                                .execute()));
        right(database, right);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void otherTablesMayHaveMoreRowsThanTheBatch(TestDatabase database) throws Exception {
        Map<String, Change> right = new LinkedHashMap<>();
        right.put("by a sub-select", batch -> {
            batch.dsl()
                    .update(LINES)
                    .set(LINE_CHANGES, LINE_CHANGES.plus(1))
                    .where(ORDER_ID.in(select(ID).from(ORDERS).where(batch.rows())))
                    .execute();
            return update(batch).where(batch.rows()).execute();
        });
        right.put("text by ids", batch -> {
            String ids = batch.dsl().select(ID).from(ORDERS).where(batch.rows()).fetch(ID).stream()
                    .map(String::valueOf)
                    .reduce("0", (one, other) -> one + ", " + other);
            batch.dsl()
                    .execute(
                            "update {0} set {1} = {1} + 1 where {2} in (" + ids + ")",
                            LINES,
                            LINE_CHANGES.getUnqualifiedName(),
                            ORDER_ID);
            return update(batch).where(batch.rows()).execute();
        });
        right.put("inserted", batch -> {
            batch.dsl().execute("insert into {0} select {1}, 0 from {2} where {1} <= 600", LINES, ID, ORDERS);
            batch.dsl()
                    .insertInto(LINES)
                    .select(select(ID, inline(0)).from(ORDERS).where(ID.le(600L)))
                    .execute();
            return update(batch).where(batch.rows()).execute();
        });
        right.put("all of a table of another name", batch -> {
            batch.dsl().update(LINES).set(LINE_CHANGES, inline(1)).execute();
            return update(batch).where(batch.rows()).execute();
        });
        right(database, right);
    }

    /** MariaDB counts the rows of both tables. */
    @ParameterizedTest
    @EnumSource(
            value = TestDatabase.class,
            names = {"POSTGRES", "MARIADB"})
    void joinedStatementsAreRight(TestDatabase database) throws Exception {
        Map<String, Change> right = new LinkedHashMap<>();
        if (database == TestDatabase.POSTGRES) {
            right.put(
                    "update from",
                    batch -> update(batch)
                            .from(LINES)
                            .where(ORDER_ID.eq(ID))
                            .and(batch.rows())
                            .execute());
        }
        if (database == TestDatabase.MARIADB) {
            right.put(
                    "update of a join",
                    batch -> batch.dsl()
                            .update(ORDERS.join(LINES).on(ORDER_ID.eq(ID)))
                            .set(DONE, inline(1))
                            .set(CHANGES, CHANGES.plus(1))
                            .set(LINE_CHANGES, inline(1))
                            .where(batch.rows())
                            .execute());
        }
        right(database, right);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void codeThatSendsNothingIsNotRefused(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            Orders.create(fresh.dsl(), ROWS);
            Seen seen = run(fresh, false, batch -> 0);
            assertThat(seen.outcome()).as(seen.message()).isEqualTo(Outcome.DONE);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void rowsThatACascadeDeletesAreNotTheStatements(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            Orders.create(fresh.dsl(), ROWS);
            // All except the first refer to one of the first ten.
            fresh.dsl().update(ORDERS).set(Orders.PARENT, ID.mod(10L).plus(1L)).execute();
            fresh.dsl()
                    .alterTable(ORDERS)
                    .add(constraint("own")
                            .foreignKey(Orders.PARENT)
                            .references(ORDERS, ID)
                            .onDeleteCascade())
                    .execute();
            Seen seen = run(
                    fresh,
                    true,
                    batch -> batch.dsl().deleteFrom(ORDERS).where(batch.rows()).execute());
            assertThat(seen.outcome()).as(seen.message()).isEqualTo(Outcome.DONE);
            assertThat(fresh.dsl().fetchCount(ORDERS)).isZero();
        }
    }

    /** For each changed row, a trigger changes two others, so more rows of the table change than the batch has. */
    @ParameterizedTest
    @EnumSource(
            value = TestDatabase.class,
            names = {"POSTGRES"})
    void rowsThatATriggerChangesAreNotTheStatements(TestDatabase database) throws Exception {
        Map<String, Change> right = new LinkedHashMap<>();
        right.put("update", batch -> update(batch).where(batch.rows()).execute());
        right.put("text", batch -> text(batch, TEXT + " where {3}", batch.rows()));
        right.put(
                "ids",
                batch -> text(
                        batch,
                        TEXT + " where id in ("
                                + batch.dsl().select(ID).from(ORDERS).where(batch.rows()).fetch(ID).stream()
                                        .map(String::valueOf)
                                        .reduce("0", (one, other) -> one + ", " + other)
                                + ")"));
        try (Fresh fresh = database.fresh()) {
            Orders.create(fresh.dsl(), ROWS);
            fresh.dsl()
                    .execute("create function siblings() returns trigger language plpgsql as $$ begin"
                            + " if pg_trigger_depth() = 1 then"
                            + " update orders set parent = parent where id in (new.id % 1200 + 1, (new.id + 1) % 1200 + 1);"
                            + " end if; return null; end $$");
            fresh.dsl()
                    .execute("create trigger siblings after update of done on orders for each row"
                            + " execute function siblings()");
            for (Map.Entry<String, Change> change : right.entrySet()) {
                Seen seen = run(fresh, true, change.getValue());
                assertThat(seen.outcome()).as(seen.error(1)).isEqualTo(Outcome.DONE);
                assertThat(Orders.changed(fresh.dsl(), 1)).isEqualTo(ROWS);
                Orders.again(fresh.dsl(), ROWS);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TestDatabase.class,
            names = {"POSTGRES"})
    void aPartitionedTablesRowsAreCountedInItsPartitions(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            fresh.dsl()
                    .execute("create table orders (id bigint primary key, parent bigint, done int, changes int)"
                            + " partition by range (id)");
            fresh.dsl().execute("create table orders_1 partition of orders for values from (0) to (900)");
            fresh.dsl().execute("create table orders_2 partition of orders for values from (900) to (9000)");
            fresh.dsl().execute("insert into orders select i, null, null, 0 from generate_series(1, 1200) i");
            Seen slip = run(fresh, true, batch -> counted(batch) * text(batch, TEXT + " where {1} is null"));
            assertThat(slip.error(1)).contains("even for a batch without any");
            assertThat(Orders.changed(fresh.dsl(), 0)).isEqualTo(ROWS);
        }
    }

    /** Each batch also changes the orders after its own, by their ids. */
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void codeThatMeansToReachBeyondItsBatchByIdsIsLetGoOn(TestDatabase database) throws Exception {
        try (Fresh fresh = database.fresh()) {
            Orders.create(fresh.dsl(), ROWS);
            Seen seen = run(fresh, true, batch -> {
                List<Long> ids =
                        batch.dsl().select(ID).from(ORDERS).where(batch.rows()).fetch(ID);
                List<Long> all = new ArrayList<>(ids);
                ids.forEach(id -> all.add(id + 500));
                return update(batch).where(ID.in(all)).execute();
            });
            assertThat(seen.outcome()).as(seen.error(1)).isEqualTo(Outcome.DONE);
        }
    }
}
