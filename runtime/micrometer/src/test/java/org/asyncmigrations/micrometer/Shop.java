package org.asyncmigrations.micrometer;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.dispatch.Dispatcher;
import org.asyncmigrations.dispatch.RegistryBuilder;
import org.asyncmigrations.dispatch.TestCatalog;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/** A back-fill of 3,000 rows, and an after-release migration whose gate stays closed. */
final class Shop {
    static final long FILL = 20261121_093000L;
    static final long FORGET = 20261122_090000L;
    static final int ROWS = 3_000;

    private static final Table<Record> ORDERS = table(name("orders"));
    private static final Field<Long> ID = field(name("orders", "id"), SQLDataType.BIGINT);
    private static final Field<Integer> PRICE = field(name("orders", "price"), SQLDataType.INTEGER);
    private static final Field<Integer> TOTAL = field(name("orders", "total"), SQLDataType.INTEGER);

    private Shop() {}

    static RegistryBuilder<Dispatcher> on(Fresh fresh) {
        fresh.dsl().execute("create table \"orders\"(\"id\" bigint primary key, \"price\" int, \"total\" int)");
        fresh.dsl().execute("insert into \"orders\" select x, x % 100, null from system_range(1, " + ROWS + ")");
        return new TestCatalog()
                .with(MigrationEntry.async(FILL, "com.acme.shop.FillTotals", By.PENDING_ROWS, "f1"), FillTotals::new)
                .with(MigrationEntry.afterRelease(FORGET, "com.acme.shop.ForgetTokens", By.TRANSACTION, "f2"), () ->
                        (DataMigration) run -> {})
                .on(fresh.dataSource());
    }

    /** The back-fill. */
    private static final class FillTotals implements BatchMigration {
        @Override
        public BatchKey key() {
            return BatchKey.of(ORDERS, ID);
        }

        @Override
        public Condition pending() {
            return TOTAL.isNull();
        }

        @Override
        public long migrate(RowBatch batch) {
            return batch.dsl()
                    .update(ORDERS)
                    .set(TOTAL, PRICE.plus(1))
                    .where(batch.rows())
                    .execute();
        }
    }
}
