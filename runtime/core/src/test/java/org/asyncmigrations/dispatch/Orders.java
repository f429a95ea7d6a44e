package org.asyncmigrations.dispatch;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import java.util.stream.IntStream;
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
        var orders = dsl.insertInto(ORDERS).columns(ID, PARENT, CHANGES);
        var lines = dsl.insertInto(LINES).columns(ORDER_ID, LINE_CHANGES);
        IntStream.rangeClosed(1, rows).forEach(i -> {
            orders.values((long) i, i == 1 ? null : i - 1L, 0);
            IntStream.range(0, 3).forEach(line -> lines.values((long) i, 0));
        });
        orders.execute();
        lines.execute();
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
