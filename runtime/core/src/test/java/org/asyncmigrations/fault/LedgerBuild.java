package org.asyncmigrations.fault;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.dispatch.TestCatalog;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/** The build that runs over a {@link Ledger}: one migration in one piece, and three batch migrations. Immutable. */
final class LedgerBuild {
    static final long ACCOUNTS = 1;
    static final long PEOPLE = 2;
    static final long INVOICES = 3;
    static final long ORDERS = 4;

    /** Makes the three batch migrations independent. */
    static final String INDEPENDENTLY = "-Dledger.independent=true";

    private static final boolean INDEPENDENT = Boolean.getBoolean("ledger.independent");

    private static final Field<String> CHANGED_BY = field(name("changed_by"), SQLDataType.VARCHAR(40));

    private final String node;
    private final long pauseNanos;
    private final HoldPoint hold;

    /** What a node does between a statement of its migrations and the end of their transaction. */
    @FunctionalInterface
    interface HoldPoint {
        /** Called after the user's statements of a batch, or of a migration in one piece. */
        void changed(long version);
    }

    /**
     * Creates a build.
     *
     * @param node the name that is written into changed rows
     * @param pauseMillis how much longer 100 rows take, so that a kill can hit them; a pause of each batch would be most of its
     *     time on a busy machine, and make the batches small and many
     * @param hold called within the transaction
     */
    LedgerBuild(String node, long pauseMillis, HoldPoint hold) {
        this.node = node;
        this.pauseNanos = pauseMillis * 1_000_000;
        this.hold = hold;
    }

    /** {@return all four migrations} */
    TestCatalog catalog() {
        TestCatalog all = new TestCatalog();
        for (long version = ACCOUNTS; version <= ORDERS; version++) {
            add(all, version);
        }
        return all;
    }

    /** {@return only one of the migrations; all for 0} */
    TestCatalog of(long version) {
        return version == 0 ? catalog() : add(new TestCatalog(), version);
    }

    private TestCatalog add(TestCatalog to, long version) {
        if (version == ACCOUNTS) {
            return to.data(version, run -> accounts(run.dsl()));
        }
        if (version == PEOPLE) {
            return add(to, version, new People());
        }
        return add(to, version, version == INVOICES ? new Invoices() : new Orders());
    }

    private static TestCatalog add(TestCatalog to, long version, BatchMigration migration) {
        MigrationEntry entry = MigrationEntry.async(version, "test.M" + version, By.PENDING_ROWS, "f" + version);
        return to.with(INDEPENDENT ? entry.independently() : entry, () -> migration);
    }

    private void accounts(DSLContext dsl) {
        Field<Integer> balance = field(name("balance"), SQLDataType.INTEGER);
        Field<Long> id = field(name("id"), SQLDataType.BIGINT);
        for (int part = 0; part < 4; part++) {
            dsl.update(table(name("accounts")))
                    .set(balance, balance.plus(1))
                    .set(CHANGED_BY, node)
                    .where(id.mod(4).eq((long) part))
                    .execute();
            LockSupport.parkNanos(pauseNanos * 4);
        }
        hold.changed(ACCOUNTS);
    }

    private long changed(long version, long rows) {
        LockSupport.parkNanos(pauseNanos * rows / 100);
        hold.changed(version);
        return rows;
    }

    private abstract static class OfTable implements BatchMigration {
        final Table<Record> table;

        OfTable(String table) {
            this.table = table(name(table));
        }

        @Override
        public BatchKey key() {
            return BatchKey.of(table, column("id", SQLDataType.BIGINT));
        }

        final <T> Field<T> column(String column, org.jooq.DataType<T> type) {
            return field(name(table.getName(), column), type);
        }
    }

    /** One statement for each batch; changed rows are no longer pending. */
    private final class People extends OfTable {
        private final Field<String> email = column("email", SQLDataType.VARCHAR(60));
        private final Field<String> lowerEmail = column("email_lower", SQLDataType.VARCHAR(60));

        People() {
            super("people");
        }

        @Override
        public Condition pending() {
            return lowerEmail.isNull().and(email.isNotNull());
        }

        @Override
        public long migrate(RowBatch batch) {
            return changed(
                    PEOPLE,
                    batch.dsl()
                            .update(table)
                            .set(lowerEmail, lower(email))
                            .set(CHANGED_BY, node)
                            .where(batch.rows())
                            .execute());
        }
    }

    /** One statement for each batch, which adds to a value. Only cursor and fence keep it from adding twice. */
    private final class Invoices extends OfTable {
        private final Field<Integer> amount = column("amount", SQLDataType.INTEGER);

        Invoices() {
            super("invoices");
        }

        @Override
        public long migrate(RowBatch batch) {
            return changed(
                    INVOICES,
                    batch.dsl()
                            .update(table)
                            .set(amount, amount.plus(1))
                            .set(CHANGED_BY, node)
                            .where(batch.rows())
                            .execute());
        }
    }

    /** Row by row in Java; some rows can't be changed. */
    private final class Orders extends OfTable {
        private final Field<String> code = column("code", SQLDataType.VARCHAR(20));
        private final Field<String> label = column("label", SQLDataType.VARCHAR(20));

        Orders() {
            super("orders");
        }

        @Override
        public Condition pending() {
            return code.isNull();
        }

        @Override
        public long migrate(RowBatch batch) throws Exception {
            long rows = batch.update(table, row -> {
                String text = row.get(label.getName(), String.class);
                if (text.equals("poison")) {
                    throw new IllegalArgumentException("no code for it");
                }
                row.set(code, text.toLowerCase(Locale.ROOT));
                row.set(field(name("orders", "changed_by"), SQLDataType.VARCHAR(40)), node);
            });
            return changed(ORDERS, rows);
        }
    }
}
