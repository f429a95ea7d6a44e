package org.asyncmigrations.dispatch;

import static org.asyncmigrations.dispatch.Customers.CHANGES;
import static org.asyncmigrations.dispatch.Customers.CUSTOMERS;
import static org.asyncmigrations.dispatch.Customers.EMAIL;
import static org.asyncmigrations.dispatch.Customers.EMAIL_LOWER;
import static org.asyncmigrations.dispatch.Customers.ID;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.DSL.noCondition;

import java.util.List;
import java.util.Locale;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Guarded;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationRun;
import org.asyncmigrations.RowBatch;
import org.jooq.Condition;
import org.jooq.DSLContext;

/** Small migrations of {@link Customers}, of each kind and phase. Except for two, none can see what it has changed before. */
enum CutKind {
    /** In one transaction, on an empty database: creates the state tables and registers everything. */
    FROM_THE_START,
    /** Set-based, with a condition, so there are verifying passes. */
    PENDING_ROWS,
    /** Set-based, without a condition: a row that is walked twice is changed twice. */
    EVERY_ROW,
    /** Row by row in Java, without a condition. */
    ROW_BY_ROW,
    /** Row by row, with one row that is first set aside, then fixed and retried. */
    REJECTS,
    /** In auto-commit: only at-least-once is promised. */
    AUTO_COMMIT,
    /** One migration in one transaction, followed by an after-release migration. */
    AFTER_RELEASE;

    static final long MIDDLE = 76;

    /** A value that can't be changed before it is fixed. */
    static final String ODD = "odd";

    TestCatalog catalog() {
        TestCatalog catalog = new TestCatalog();
        return switch (this) {
            case FROM_THE_START ->
                catalog.data(1, run -> {
                    addOne(run.dsl(), ID.lt(MIDDLE));
                    addOne(run.dsl(), ID.ge(MIDDLE));
                });
            case PENDING_ROWS -> catalog.batch(1, new Customers.LowerEmails());
            case EVERY_ROW -> catalog.with(declared(), EveryRow::new);
            case ROW_BY_ROW, REJECTS -> catalog.with(declared(), RowByRow::new);
            case AUTO_COMMIT ->
                catalog.with(
                        MigrationEntry.async(1, "test.M1", By.GUARD, "f1").withoutTransaction(), UntilNoneIsLeft::new);
            case AFTER_RELEASE ->
                catalog.data(1, run -> addOne(run.dsl(), ID.lt(MIDDLE)))
                        .with(
                                MigrationEntry.afterRelease(2, "test.M2", By.TRANSACTION, "f2")
                                        .after(1L),
                                () -> (DataMigration) run -> addOne(run.dsl(), ID.ge(MIDDLE)));
        };
    }

    private static MigrationEntry declared() {
        return MigrationEntry.async(1, "test.M1", By.DECLARATION, "f1");
    }

    private static int addOne(DSLContext dsl, Condition where) {
        return dsl.update(CUSTOMERS)
                .set(EMAIL_LOWER, lower(EMAIL))
                .set(CHANGES, CHANGES.plus(1))
                .where(where)
                .execute();
    }

    List<Long> versions() {
        return this == AFTER_RELEASE ? List.of(1L, 2L) : List.of(1L);
    }

    /** Whether it has several batches. With only 50 rows, this needs a batch size stored in its row. */
    boolean isInBatches() {
        return this == PENDING_ROWS || this == EVERY_ROW || this == ROW_BY_ROW || this == REJECTS;
    }

    /** Whether each row must be changed exactly once, and not only at least once. */
    boolean isOnceOnly() {
        return this != AUTO_COMMIT;
    }

    private static class EveryRow extends Customers.LowerEmails {
        @Override
        public Condition pending() {
            return noCondition();
        }
    }

    private static final class RowByRow extends EveryRow implements BatchMigration {
        @Override
        public long migrate(RowBatch batch) throws Exception {
            return batch.update(CUSTOMERS, row -> {
                if (row.get(EMAIL).equals(ODD)) {
                    throw new IllegalArgumentException("to be mended");
                }
                row.set(EMAIL_LOWER, row.get(EMAIL).toLowerCase(Locale.ROOT));
                row.set(CHANGES, row.get(CHANGES) + 1);
            });
        }
    }

    private static final class UntilNoneIsLeft implements DataMigration, Guarded {
        @Override
        public void migrate(MigrationRun run) {
            addOne(run.dsl(), ID.lt(MIDDLE));
            addOne(run.dsl(), ID.ge(MIDDLE));
        }

        @Override
        public boolean isDone(MigrationRun run) {
            return !run.dsl().fetchExists(CUSTOMERS, CHANGES.eq(0));
        }
    }
}
