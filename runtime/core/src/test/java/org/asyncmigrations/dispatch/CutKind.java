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

/** Small migrations of {@link Customers}, of each kind and phase. But for the two that are to, none sees what it has changed before. */
enum CutKind {
    /** In one transaction, on an empty database: the state tables are made, and all is written down. */
    FROM_THE_START,
    /** Set-based, with a condition, and so with verifying passes. */
    PENDING_ROWS,
    /** Set-based without a condition: what is walked twice is changed twice. */
    EVERY_ROW,
    /** Row by row in Java, without a condition. */
    ROW_BY_ROW,
    /** Row by row, with one row that is set aside at first, then mended and retried. */
    REJECTS,
    /** In auto-commit: at least once is all that is promised. */
    AUTO_COMMIT,
    /** One in one transaction, and behind it an after-release one. */
    AFTER_RELEASE;

    static final long MIDDLE = 76;

    /** What cannot be changed before it is mended. */
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

    /** Whether it has several batches, which a table of 50 rows has with a remembered batch size only. */
    boolean isInBatches() {
        return this == PENDING_ROWS || this == EVERY_ROW || this == ROW_BY_ROW || this == REJECTS;
    }

    /** Whether each row is to be changed once, and not only at least once. */
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
