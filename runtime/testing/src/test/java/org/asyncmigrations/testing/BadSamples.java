package org.asyncmigrations.testing;

import static org.asyncmigrations.testing.Accounts.ACCOUNT;
import static org.asyncmigrations.testing.Accounts.ACCOUNTS;
import static org.asyncmigrations.testing.Accounts.AMOUNT;
import static org.asyncmigrations.testing.Accounts.BALANCE;
import static org.asyncmigrations.testing.Accounts.ENTRIES;
import static org.asyncmigrations.testing.Accounts.ENTRY_ID;
import static org.asyncmigrations.testing.Accounts.ID;
import static org.asyncmigrations.testing.Accounts.NAME;
import static org.asyncmigrations.testing.Accounts.NAME_LOWER;
import static org.asyncmigrations.testing.Accounts.PLACE;
import static org.asyncmigrations.testing.Accounts.TOKEN;
import static org.jooq.impl.DSL.currentLocalDateTime;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.select;

import java.time.LocalDate;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Guarded;
import org.asyncmigrations.MigrationRun;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.testing.GoodSamples.LowerNames;
import org.asyncmigrations.testing.GoodSamples.OfAccounts;
import org.asyncmigrations.testing.GoodSamples.OpeningEntries;
import org.asyncmigrations.testing.GoodSamples.TwoSteps;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** A migration of each kind that the kit is to catch. */
final class BadSamples {
    private BadSamples() {}

    /** By.DECLARATION, and adds. */
    static class Adds implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            run.dsl().update(ACCOUNTS).set(BALANCE, BALANCE.plus(10)).execute();
        }
    }

    /** By.GUARD that never says yes. */
    static class GuardNever extends OpeningEntries {
        @Override
        public boolean isDone(MigrationRun run) {
            return false;
        }
    }

    /** By.GUARD that says yes at once. */
    static class GuardAtOnce extends OpeningEntries {
        @Override
        public boolean isDone(MigrationRun run) {
            return run.dsl().fetchExists(ENTRIES);
        }
    }

    /** By.GUARD that asks for the first of two steps. */
    static class GuardTooEarly extends TwoSteps {
        @Override
        public boolean isDone(MigrationRun run) {
            return !run.dsl().fetchExists(ACCOUNTS, TOKEN.isNull());
        }
    }

    /** By.PENDING_ROWS whose condition is true for what is done. */
    static class PendingForEver extends LowerNames {
        @Override
        public Condition pending() {
            return NAME.isNotNull();
        }
    }

    /** By.PENDING_ROWS whose condition forgets NULL. */
    static class PendingForgetsNull extends LowerNames {
        @Override
        public Condition pending() {
            return NAME_LOWER
                    .ne(lower(NAME))
                    .or(ID.le(9L).and(NAME_LOWER.isNull()).and(NAME.isNotNull()));
        }
    }

    /** By.TRANSACTION, and commits by a connection of its own. */
    static class OwnConnection implements DataMigration {
        private final DataSource dataSource;

        OwnConnection(DataSource dataSource) {
            this.dataSource = dataSource;
        }

        @Override
        public void migrate(MigrationRun run) {
            DSLContext own = DSL.using(dataSource, run.dsl().dialect());
            own.update(ACCOUNTS).set(BALANCE, BALANCE.plus(10)).execute();
        }
    }

    /** By.PENDING_ROWS, and writes by a connection of its own: the rows end well, but not with their record. */
    static class OwnConnectionInBatches extends LowerNames {
        private final DataSource dataSource;

        OwnConnectionInBatches(DataSource dataSource) {
            this.dataSource = dataSource;
        }

        @Override
        public long migrate(RowBatch batch) {
            return DSL.using(dataSource, batch.dsl().dialect())
                    .update(ACCOUNTS)
                    .set(NAME_LOWER, lower(NAME))
                    .where(batch.rows())
                    .execute();
        }
    }

    /** By.PENDING_ROWS, and waits on a connection of its own for what it has locked itself. */
    static class WaitsForItself extends LowerNames {
        private final DataSource dataSource;

        WaitsForItself(DataSource dataSource) {
            this.dataSource = dataSource;
        }

        @Override
        public long migrate(RowBatch batch) {
            long rows = super.migrate(batch);
            DSL.using(dataSource, batch.dsl().dialect())
                    .update(ACCOUNTS)
                    .set(PLACE, ID)
                    .execute();
            return rows;
        }
    }

    /** Numbers the rows of each batch. */
    static class DependsOnBatchSize implements OfAccounts {
        @Override
        public Condition pending() {
            return PLACE.isNull();
        }

        @Override
        public long migrate(RowBatch batch) throws Exception {
            long[] place = new long[1];
            return batch.update(ACCOUNTS, row -> row.set(PLACE, ++place[0]));
        }
    }

    /** Numbers all rows, by what was numbered before: the same in batches of any size, from the beginning. */
    static class DependsOnOrder implements OfAccounts {
        @Override
        public Condition pending() {
            return PLACE.isNull();
        }

        @Override
        public long migrate(RowBatch batch) {
            long place = batch.dsl()
                    .select(DSL.coalesce(max(PLACE), 0L))
                    .from(ACCOUNTS)
                    .fetchSingle()
                    .value1();
            for (Record row : batch.dsl()
                    .select(ID)
                    .from(ACCOUNTS)
                    .where(batch.rows())
                    .orderBy(ID)
                    .fetch()) {
                batch.dsl()
                        .update(ACCOUNTS)
                        .set(PLACE, ++place)
                        .where(ID.eq(row.get(ID)))
                        .execute();
            }
            return 1;
        }
    }

    /** By.DECLARATION, and writes the time. */
    static class DependsOnTime implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            run.dsl()
                    .update(ACCOUNTS)
                    .set(TOKEN, currentLocalDateTime().cast(String.class))
                    .execute();
        }
    }

    /** By.DECLARATION, and writes the date of the process. */
    static class DependsOnDate implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            run.dsl().update(ACCOUNTS).set(TOKEN, LocalDate.now().toString()).execute();
        }
    }

    /** By.PENDING_ROWS, with random values. */
    static class DependsOnChance implements OfAccounts {
        @Override
        public Condition pending() {
            return TOKEN.isNull();
        }

        @Override
        public long migrate(RowBatch batch) throws Exception {
            return batch.update(
                    ACCOUNTS, row -> row.set(TOKEN, UUID.randomUUID().toString()));
        }
    }

    /** By.TRANSACTION, and takes ten rows of each batch, whatever its size. */
    static class MissesRows implements OfAccounts {
        @Override
        public long migrate(RowBatch batch) {
            var ids = batch.dsl()
                    .select(ID)
                    .from(ACCOUNTS)
                    .where(batch.rows())
                    .orderBy(ID)
                    .limit(10)
                    .fetch(ID);
            return batch.dsl().update(ACCOUNTS).set(PLACE, ID).where(ID.in(ids)).execute();
        }
    }

    /** By.TRANSACTION, and overwrites what was paid between its reading and its writing. */
    static class LosesPayments implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            for (Record row :
                    run.dsl().select(ID, BALANCE).from(ACCOUNTS).orderBy(ID).fetch()) {
                run.dsl()
                        .update(ACCOUNTS)
                        .set(BALANCE, row.get(BALANCE) + 1_000)
                        .where(ID.eq(row.get(ID)))
                        .execute();
            }
        }
    }

    /** By.TRANSACTION, and counts in a row that it reads before it writes it; two nodes meet between the two. */
    static class LosesCounts implements OfAccounts {
        private static final CyclicBarrier BETWEEN = new CyclicBarrier(2);

        @Override
        public long migrate(RowBatch batch) throws Exception {
            long before = batch.dsl()
                    .select(AMOUNT)
                    .from(ENTRIES)
                    .where(ENTRY_ID.eq(1L))
                    .fetchSingle(AMOUNT);
            if (Thread.currentThread().getName().startsWith("async-migrations-test-node")) {
                meet();
            }
            batch.dsl()
                    .update(ENTRIES)
                    .set(AMOUNT, before + batch.dsl().fetchCount(ACCOUNTS, batch.rows()))
                    .where(ENTRY_ID.eq(1L))
                    .execute();
            return 1;
        }

        private static void meet() throws Exception {
            try {
                BETWEEN.await(2, TimeUnit.SECONDS);
            } catch (TimeoutException | BrokenBarrierException alone) {
                BETWEEN.reset();
            }
        }
    }

    /** By.GUARD without a transaction, and adds before it marks: a crash between the two adds twice. */
    static class AddsBeforeItMarks implements DataMigration, Guarded {
        @Override
        public boolean isDone(MigrationRun run) {
            return !run.dsl().fetchExists(ACCOUNTS, PLACE.isNull());
        }

        @Override
        public void migrate(MigrationRun run) {
            run.dsl().update(ACCOUNTS).set(BALANCE, BALANCE.plus(10)).execute();
            run.dsl().update(ACCOUNTS).set(PLACE, ID).execute();
        }
    }

    /** By.TRANSACTION, on a table where it finds no row. */
    static class FindsNothing implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            run.dsl()
                    .update(ENTRIES)
                    .set(AMOUNT, 0L)
                    .where(ACCOUNT.in(select(ID).from(ACCOUNTS).where(NAME.eq("nobody"))))
                    .execute();
        }
    }
}
