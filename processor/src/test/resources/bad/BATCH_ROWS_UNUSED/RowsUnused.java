package com.acme;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.table;

import java.util.function.Supplier;
import org.asyncmigrations.*;
import org.jooq.Condition;
import org.jooq.DSLContext;

final class RowsUnused {
    private RowsUnused() {}

    interface OfUsers extends BatchMigration {
        @Override
        default BatchKey key() {
            return BatchKey.of(table("users"), field("id", Long.class));
        }

        @Override
        default Condition pending() {
            return field("active").isNull();
        }
    }

    /** The condition of the migration instead of the batch's. */
    @AsyncMigration(version = 11)
    @Idempotent(By.PENDING_ROWS)
    static final class PendingInstead implements OfUsers {
        @Override
        public long migrate(RowBatch batch) { // found
            return batch.dsl().update(table("users")).set(field("active"), true).where(pending()).execute();
        }
    }

    @AsyncMigration(version = 12)
    @Idempotent(By.PENDING_ROWS)
    static final class CopiesAll implements OfUsers {
        @Override
        public long migrate(final RowBatch rows) throws Exception { // found
            final DSLContext dsl = rows.dsl();
            return dsl.insertInto(table("people")).select(select().from(table("users"))).execute();
        }
    }

    /** The statement is kept in a variable, or begins with a text that is not constant. */
    @AsyncMigration(version = 13)
    @Idempotent(By.PENDING_ROWS)
    static final class NotOneChain implements OfUsers {
        private final String column;

        NotOneChain(String column) {
            this.column = column;
        }

        @Override
        public long migrate(RowBatch batch) { // found
            var step = batch.dsl().update(table("users")).set(field("active"), true);
            batch.dsl().execute("update users set " + column + " = 1");
            return step.execute();
        }
    }

    /** The batch is handed on, and its rows are used there no more than here. */
    @AsyncMigration(version = 14)
    @Idempotent(By.PENDING_ROWS)
    static final class HandedOn implements OfUsers {
        @Override
        public long migrate(RowBatch batch) { // found
            return first(7, batch);
        }

        private long first(int depth, RowBatch same) {
            return depth > 0 ? first(depth - 1, same) : second(same, null);
        }

        private static long second(RowBatch other, RowBatch batch) {
            Supplier<DSLContext> dsl = () -> other.dsl();
            return dsl.get().deleteFrom(table("users")).where(field("active").isNull()).execute();
        }
    }

    /** A key of a known table, and another one that is changed. */
    @AsyncMigration(version = 15)
    @Idempotent(By.PENDING_ROWS)
    static final class OtherTable implements OfUsers {
        @Override
        public BatchKey key() {
            return BatchKey.of(table("users"), field("id", Long.class));
        }

        @Override
        public long migrate(RowBatch batch) { // found
            batch.dsl().update(table("counters")).set(field("runs"), 1).execute();
            return batch.dsl().update(table("users")).set(field("active"), true).where(pending()).execute();
        }
    }

    /** Other variables and methods of the same name. */
    @AsyncMigration(version = 16)
    @Idempotent(By.PENDING_ROWS)
    static final class SameNames implements OfUsers {
        private RowBatch batch;

        @Override
        public long migrate(RowBatch batch) throws Exception { // found
            this.batch = null;
            batch();
            Runnable runnable = new Runnable() {
                private RowBatch batch;

                @Override
                public void run() {
                    batch.rows();
                }
            };
            runnable.run();
            return batch.dsl().fetchCount(table("users"));
        }

        private void batch() {
            batch.rows();
        }
    }
}
