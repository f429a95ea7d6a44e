package com.acme;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import org.asyncmigrations.*;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.TableField;
import org.jooq.impl.SQLDataType;
import org.jooq.impl.TableImpl;

/** What only code tells: the tables of keys. */
final class Walks {
    private Walks() {}

    static final class Invoices extends TableImpl<Record> {
        private static final long serialVersionUID = 1L;

        static final Invoices INVOICES = new Invoices();

        final transient TableField<Record, Long> ID = createField(name("id"), SQLDataType.BIGINT, this, "");

        private Invoices() {
            super(name("invoices"));
        }
    }

    interface OfInvoices extends BatchMigration {
        @Override
        default BatchKey key() {
            return BatchKey.of(Invoices.INVOICES.ID);
        }

        @Override
        default Condition pending() {
            return field("cents").isNull();
        }

        @Override
        default long migrate(RowBatch batch) {
            return batch.execute("update invoices set cents = 0 where {rows}");
        }
    }

    @AsyncMigration(version = 11)
    @Idempotent(By.PENDING_ROWS)
    static final class First implements OfInvoices {}

    @AsyncMigration(version = 12)
    @Idempotent(By.PENDING_ROWS)
    static final class Second implements OfInvoices {}

    @AsyncMigration(version = 13, independent = true)
    @Idempotent(By.PENDING_ROWS)
    static final class Third implements OfInvoices {}

    @AsyncMigration(version = 14, independent = true)
    static final class ByName implements SqlBackfill {
        @Override
        public Backfill backfill() {
            return Backfill.of("payments", "id").pending("cents is null").set("cents", "0");
        }
    }

    @AsyncMigration(version = 15, independent = true, after = ByName.class)
    static final class Behind implements SqlBackfill {
        @Override
        public Backfill backfill() {
            return Backfill.of("payments", "id").pending("cents is null").set("cents", "0");
        }
    }

    @AsyncMigration(version = 17, independent = true)
    @Idempotent(By.PENDING_ROWS)
    @SuppressWarnings("SharedTable")
    static final class Wanted implements OfInvoices {}

    /** A variable of each object may hold another table. */
    abstract static class OfAny implements BatchMigration {
        private final String table;

        OfAny(String table) {
            this.table = table;
        }

        @Override
        public BatchKey key() {
            return BatchKey.of(table, "id");
        }

        @Override
        public Condition pending() {
            return field("cents").isNull();
        }

        @Override
        public long migrate(RowBatch batch) {
            return batch.execute("update any set cents = 0 where {rows}");
        }
    }

    @AsyncMigration(version = 18, independent = true)
    @Idempotent(By.PENDING_ROWS)
    static final class OfOne extends OfAny {
        OfOne() {
            super("one");
        }
    }

    @AsyncMigration(version = 19, independent = true)
    @Idempotent(By.PENDING_ROWS)
    static final class OfTwo extends OfAny {
        OfTwo() {
            super("two");
        }
    }

    @AsyncMigration(version = 16, independent = true, writes = "Payments", after = Second.class)
    @Idempotent(By.PENDING_ROWS)
    static final class Both implements OfInvoices {}
}
