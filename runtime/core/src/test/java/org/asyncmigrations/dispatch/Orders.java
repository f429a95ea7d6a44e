package org.asyncmigrations.dispatch;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.table;

import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.RowBatch;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/** Orders, each of which refers to the previous one, with three lines each. All have a counter of their changes. */
final class Orders {
    static final Table<Record> ORDERS = table(name("orders"));
    static final Field<Long> ID = field(name("orders", "id"), SQLDataType.BIGINT);
    static final Field<Long> PARENT = field(name("orders", "parent"), SQLDataType.BIGINT);
    static final Field<Integer> DONE = field(name("orders", "done"), SQLDataType.INTEGER);
    static final Field<Integer> CHANGES = field(name("orders", "changes"), SQLDataType.INTEGER);

    static final Table<Record> LINES = table(name("order_lines"));
    static final Field<Long> ORDER_ID = field(name("order_lines", "order_id"), SQLDataType.BIGINT);
    static final Field<Integer> LINE_CHANGES = field(name("order_lines", "changes"), SQLDataType.INTEGER);

    private Orders() {}

    static void create(DSLContext dsl, int rows) {
        dsl.createTable(ORDERS)
                .column("id", SQLDataType.BIGINT.nullable(false))
                .column("parent", SQLDataType.BIGINT)
                .column("done", SQLDataType.INTEGER)
                .column("changes", SQLDataType.INTEGER.nullable(false))
                .primaryKey("id")
                .execute();
        dsl.createTable(LINES)
                .column("order_id", SQLDataType.BIGINT.nullable(false))
                .column("changes", SQLDataType.INTEGER.nullable(false))
                .execute();
        dsl.createIndex("lines_by_order").on(LINES, ORDER_ID).execute();
        fill(dsl, rows);
    }

    /** Makes a migration that has run unknown to the database. */
    static void forget(DSLContext dsl) {
        TestTables.all().all().forEach(table -> dsl.deleteFrom(table).execute());
    }

    /** Makes a migration that has run unknown to the database, and restores the orders. */
    static void again(DSLContext dsl, int rows) {
        forget(dsl);
        dsl.deleteFrom(LINES).execute();
        dsl.deleteFrom(ORDERS).execute();
        fill(dsl, rows);
    }

    /** The database doubles the rows, which takes less time than sending them. */
    private static void fill(DSLContext dsl, int rows) {
        dsl.insertInto(ORDERS, ID, CHANGES).values(1L, 0).execute();
        for (long filled = 1; filled < rows; filled *= 2) {
            dsl.insertInto(ORDERS, ID, PARENT, CHANGES)
                    .select(select(ID.plus(filled), ID.plus(filled - 1), inline(0))
                            .from(ORDERS)
                            .where(ID.le(Math.min(filled, rows - filled))))
                    .execute();
        }
        for (int line = 0; line < 3; line++) {
            dsl.insertInto(LINES, ORDER_ID, LINE_CHANGES)
                    .select(select(ID, inline(0)).from(ORDERS))
                    .execute();
        }
    }

    /** {@return how many orders were changed this many times} */
    static int changed(DSLContext dsl, int times) {
        return dsl.fetchCount(ORDERS, CHANGES.eq(times));
    }

    /** What a migration does with a batch. */
    @FunctionalInterface
    interface Change {
        long on(RowBatch batch) throws Exception;
    }

    /**
     * A migration of all orders.
     *
     * @param hasPending whether it has a condition, and changes only orders that aren't done
     */
    record OfOrders(boolean hasPending, Change change) implements BatchMigration {
        @Override
        public BatchKey key() {
            return BatchKey.of(ORDERS, ID);
        }

        @Override
        public Condition pending() {
            return hasPending ? DONE.isNull() : BatchMigration.super.pending();
        }

        @Override
        public long migrate(RowBatch batch) throws Exception {
            return change.on(batch);
        }
    }

    /** {@return the order's own change, without its condition} */
    static org.jooq.UpdateSetMoreStep<Record> update(RowBatch batch) {
        return batch.dsl().update(ORDERS).set(DONE, inline(1)).set(CHANGES, CHANGES.plus(1));
    }
}
