package com.acme.content;

import static com.acme.content.Invoices.INVOICES;
import static com.acme.content.Orders.ORDERS;
import static com.acme.content.Users.USERS;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.table;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.asyncmigrations.AsyncMigration;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.By;
import org.asyncmigrations.Idempotent;
import org.asyncmigrations.RowBatch;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.UpdateConditionStep;
import org.jooq.impl.DSL;

/** Batch migrations that use the rows of their batch in some way, or do nothing with their batch. */
public final class Batches {
    private Batches() {}

    interface OfUsers extends BatchMigration {
        @Override
        default BatchKey key() {
            return BatchKey.of(USERS.ID);
        }

        @Override
        default Condition pending() {
            return USERS.EMAIL_LOWER.isNull();
        }
    }

    @AsyncMigration(version = 301)
    @Idempotent(By.PENDING_ROWS)
    public static final class InJava implements OfUsers {
        @Override
        public long migrate(RowBatch batch) throws Exception {
            return batch.update(USERS, user -> user.set(USERS.EMAIL_LOWER, user.get(USERS.EMAIL).toLowerCase()));
        }
    }

    @AsyncMigration(version = 302)
    @Idempotent(By.PENDING_ROWS)
    public static final class ThroughVariables implements OfUsers {
        @Override
        public long migrate(RowBatch batch) {
            var dsl = batch.dsl();
            Condition rows = batch.rows();
            var statement = dsl.update(USERS).set(USERS.EMAIL_LOWER, lower(USERS.EMAIL));
            return statement.where(rows).execute();
        }
    }

    @AsyncMigration(version = 303)
    @Idempotent(By.PENDING_ROWS)
    public static final class AndRows implements OfUsers {
        @Override
        public long migrate(RowBatch batch) {
            return batch.dsl().deleteFrom(USERS).where(USERS.ACTIVE.isFalse()).and(batch.rows()).execute();
        }
    }

    @AsyncMigration(version = 304)
    @Idempotent(By.PENDING_ROWS)
    public static final class InSubselects implements OfUsers {
        @Override
        public long migrate(RowBatch batch) {
            batch.dsl()
                    .deleteFrom(ORDERS)
                    .where(exists(selectOne().from(USERS).where(USERS.ID.eq(ORDERS.USER_ID)).and(batch.rows())))
                    .execute();
            return batch.dsl()
                    .update(ORDERS.join(USERS).on(USERS.ID.eq(ORDERS.USER_ID).and(batch.rows())))
                    .set(ORDERS.STATE, "old")
                    .execute();
        }
    }

    @AsyncMigration(version = 305)
    @Idempotent(By.PENDING_ROWS)
    public static final class ByKeysThatWereRead implements OfUsers {
        @Override
        public long migrate(RowBatch batch) {
            List<Long> ids = batch.dsl().select(USERS.ID).from(USERS).where(batch.rows()).forUpdate().fetch(USERS.ID);
            return batch.dsl().update(ORDERS).set(ORDERS.STATE, "old").where(ORDERS.USER_ID.in(ids)).execute();
        }
    }

    @AsyncMigration(version = 306)
    @Idempotent(By.PENDING_ROWS)
    public static final class ConditionInAHelper implements OfUsers {
        @Override
        public long migrate(RowBatch batch) {
            return change(batch.dsl(), batch.rows());
        }

        private static long change(DSLContext dsl, Condition rows) {
            return dsl.update(USERS).set(USERS.ACTIVE, true).where(rows).execute();
        }
    }

    @AsyncMigration(version = 307)
    @Idempotent(By.PENDING_ROWS)
    public static final class BatchInAHelper implements OfUsers {
        @Override
        public long migrate(RowBatch batch) {
            batch.dsl().fetchCount(USERS);
            return first(batch);
        }

        private long first(RowBatch same) {
            return second(1, same);
        }

        private static int second(int turn, RowBatch other) {
            return other.dsl().update(USERS).set(USERS.ACTIVE, turn == 1).where(other.rows()).execute();
        }
    }

    /** A second, small table has all its rows changed; so has one that is called by another name in the key. */
    @AsyncMigration(version = 308)
    @Idempotent(By.PENDING_ROWS)
    public static final class SmallTableBesides implements BatchMigration {
        private final Table<?> table = table("counters");

        @Override
        public BatchKey key() {
            Table<?> table = table("users");
            return BatchKey.of(table, USERS.ID);
        }

        @Override
        public Condition pending() {
            return USERS.EMAIL_LOWER.isNull();
        }

        @Override
        public long migrate(RowBatch batch) {
            batch.dsl().deleteFrom(INVOICES).execute();
            batch.dsl().update(table).set(USERS.ACTIVE, true).execute();
            batch.dsl().execute("update counters set runs = runs + 1");
            return batch.dsl().update(USERS).set(USERS.EMAIL_LOWER, USERS.EMAIL).where(batch.rows()).execute();
        }
    }

    @AsyncMigration(version = 309)
    @Idempotent(By.PENDING_ROWS)
    public static final class SmallTableOfTheSameWords implements BatchMigration {
        private final Table<?> table = table("users");

        @Override
        public BatchKey key() {
            return BatchKey.of(table, USERS.ID);
        }

        @Override
        public Condition pending() {
            return USERS.EMAIL_LOWER.isNull();
        }

        @Override
        public long migrate(RowBatch batch) {
            Table<?> table = table("counters");
            batch.dsl().update(table).set(USERS.ACTIVE, true).execute();
            return batch.dsl().deleteFrom(USERS).where(batch.rows()).execute();
        }
    }

    /** The whole table of the key, by code that is not called for a batch. */
    @AsyncMigration(version = 310)
    @Idempotent(By.PENDING_ROWS)
    public static final class NotForABatch implements BatchMigration {
        static void migrate(DSLContext dsl) {
            dsl.update(USERS).setNull(USERS.EMAIL_LOWER).execute();
        }

        @Override
        public BatchKey key() {
            return BatchKey.of(USERS.ID);
        }

        @Override
        public Condition pending() {
            return USERS.EMAIL_LOWER.isNull();
        }

        @Override
        public long migrate(RowBatch batch) {
            return batch.dsl().deleteFrom(USERS).where(batch.rows()).execute();
        }

        static void prepareTests(DSLContext dsl) {
            dsl.deleteFrom(USERS).execute();
            migrate(dsl);
        }
    }

    @AsyncMigration(version = 311)
    @Idempotent(By.PENDING_ROWS)
    public static final class HandedOnToOthers implements OfUsers {
        @Override
        public long migrate(RowBatch batch) throws Exception {
            batch.dsl().update(INVOICES).set(INVOICES.PAID, true).execute();
            return new Step(batch).run() + Step.run(batch);
        }
    }

    @AsyncMigration(version = 321)
    @Idempotent(By.PENDING_ROWS)
    public static final class Overloads implements OfUsers {
        @Override
        public long migrate(RowBatch batch) {
            batch.dsl().fetchCount(USERS);
            return either(batch);
        }

        static long either(Step step) {
            return 1;
        }

        static long either(RowBatch same) {
            return same.dsl().deleteFrom(USERS).where(same.rows()).execute();
        }
    }

    @AsyncMigration(version = 312)
    @Idempotent(By.PENDING_ROWS)
    public static final class KeptInAField implements OfUsers {
        private RowBatch batch;

        @Override
        public long migrate(RowBatch batch) {
            this.batch = batch;
            return batch.dsl().deleteFrom(USERS).where(rows()).execute();
        }

        private Condition rows() {
            return batch.rows();
        }
    }

    @AsyncMigration(version = 313)
    @Idempotent(By.PENDING_ROWS)
    public static final class ByReferenceAndLambda implements OfUsers {
        @Override
        public long migrate(RowBatch batch) {
            Supplier<Condition> rows = batch::rows;
            Function<DSLContext, Integer> change =
                    dsl -> dsl.update(USERS).set(USERS.ACTIVE, true).where(rows.get()).execute();
            return batch.dsl().transactionResult(tx -> change.apply(tx.dsl()));
        }
    }

    @AsyncMigration(version = 314)
    @Idempotent(By.PENDING_ROWS)
    public static final class ByAnotherName implements OfUsers {
        @Override
        public long migrate(RowBatch batch) {
            RowBatch same = batch;
            UpdateConditionStep<Record> step = batch.dsl().update(USERS).set(USERS.ACTIVE, true).where(same.rows());
            return step.execute();
        }
    }

    @AsyncMigration(version = 315)
    @Idempotent(By.PENDING_ROWS)
    public static final class NoStatement implements OfUsers {
        @Override
        public long migrate(RowBatch batch) {
            throw new UnsupportedOperationException();
        }
    }

    @AsyncMigration(version = 316)
    @Idempotent(By.PENDING_ROWS)
    public static final class OtherService implements OfUsers {
        private final Service service = () -> DSL.using(SQLDialect.H2);

        @Override
        public long migrate(RowBatch batch) {
            service.other().update(INVOICES).set(INVOICES.PAID, true).execute();
            service.other().execute("delete from users");
            return 0;
        }
    }

    @AsyncMigration(version = 317)
    @Idempotent(By.PENDING_ROWS)
    public static final class SqlText implements OfUsers {
        @Override
        public long migrate(RowBatch batch) {
            return batch.dsl().execute("update users set email_lower = lower(email) where {0}", batch.rows());
        }
    }

    @AsyncMigration(version = 318)
    @Idempotent(By.PENDING_ROWS)
    public static final class Copies implements OfUsers {
        @Override
        public long migrate(RowBatch batch) {
            return batch.dsl()
                    .insertInto(ORDERS, ORDERS.USER_ID)
                    .select(select(USERS.ID).from(USERS).where(batch.rows()))
                    .execute();
        }
    }

    abstract static class Base implements OfUsers {
        @Override
        public long migrate(RowBatch batch) {
            return batch.dsl().fetchCount(USERS, batch.rows());
        }
    }

    @AsyncMigration(version = 319)
    @Idempotent(By.PENDING_ROWS)
    public static final class Inherited extends Base {}

    @AsyncMigration(version = 320)
    @Idempotent(By.PENDING_ROWS)
    public static final class Extended extends Base {
        @Override
        public long migrate(RowBatch batch) {
            batch.dsl().fetchCount(ORDERS);
            return super.migrate(batch);
        }
    }

    /** A service of the application's. */
    interface Service {
        DSLContext other();
    }

    record Step(RowBatch batch) {
        long run() {
            return batch.dsl().deleteFrom(USERS).where(batch.rows()).execute();
        }

        static long run(RowBatch batch) throws Exception {
            return batch.update(USERS, user -> user.set(USERS.ACTIVE, true));
        }
    }
}
