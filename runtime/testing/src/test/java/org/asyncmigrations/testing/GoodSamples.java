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
import static org.jooq.impl.DSL.concat;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.DSL.select;

import java.util.Locale;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Guarded;
import org.asyncmigrations.MigrationRun;
import org.asyncmigrations.RowBatch;
import org.jooq.Condition;

/** A migration of each marker, as it should be. */
final class GoodSamples {
    private GoodSamples() {}

    /** What all batch samples share. */
    interface OfAccounts extends BatchMigration {
        @Override
        default BatchKey key() {
            return BatchKey.of(ACCOUNTS, ID);
        }
    }

    /** By.PENDING_ROWS, one statement a batch. */
    static class LowerNames implements OfAccounts {
        @Override
        public Condition pending() {
            return NAME_LOWER.isDistinctFrom(lower(NAME));
        }

        @Override
        public long migrate(RowBatch batch) {
            return batch.dsl()
                    .update(ACCOUNTS)
                    .set(NAME_LOWER, lower(NAME))
                    .where(batch.rows())
                    .execute();
        }
    }

    /** By.PENDING_ROWS, row by row in Java. */
    static class Tokens implements OfAccounts {
        @Override
        public Condition pending() {
            return TOKEN.isNull();
        }

        @Override
        public long migrate(RowBatch batch) throws Exception {
            return batch.update(
                    ACCOUNTS,
                    row -> row.set(
                            TOKEN, "t" + Long.toHexString(row.get(ID) * 31).toUpperCase(Locale.ROOT)));
        }
    }

    /** By.TRANSACTION, in batches without a condition: adds, and may. */
    static class AddInBatches implements OfAccounts {
        @Override
        public long migrate(RowBatch batch) {
            return batch.dsl()
                    .update(ACCOUNTS)
                    .set(BALANCE, BALANCE.plus(10))
                    .where(batch.rows())
                    .execute();
        }
    }

    /** By.TRANSACTION: adds, and may. */
    static class AddInterest implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            run.dsl().update(ACCOUNTS).set(BALANCE, BALANCE.mul(2)).execute();
        }
    }

    /** By.GUARD: one entry more for each account. */
    static class OpeningEntries implements DataMigration, Guarded {
        static final long FIRST = 1_000;

        @Override
        public boolean isDone(MigrationRun run) {
            return run.dsl().fetchCount(ENTRIES, ENTRY_ID.ge(FIRST))
                    == run.dsl().fetchCount(ACCOUNTS);
        }

        @Override
        public void migrate(MigrationRun run) {
            run.dsl()
                    .insertInto(ENTRIES, ENTRY_ID, ACCOUNT, AMOUNT)
                    .select(select(ID.plus(FIRST), ID, inline(0L)).from(ACCOUNTS))
                    .execute();
        }
    }

    /** By.GUARD without a transaction: any part may be there already. */
    static class TwoSteps implements DataMigration, Guarded {
        @Override
        public boolean isDone(MigrationRun run) {
            return !run.dsl().fetchExists(ACCOUNTS, TOKEN.isNull().or(PLACE.isNull()));
        }

        @Override
        public void migrate(MigrationRun run) {
            run.dsl()
                    .update(ACCOUNTS)
                    .set(TOKEN, concat(inline("t"), ID.cast(String.class)))
                    .where(TOKEN.isNull())
                    .execute();
            run.dsl().update(ACCOUNTS).set(PLACE, ID).where(PLACE.isNull()).execute();
        }
    }

    /** By.DECLARATION: sets. */
    static class SetPlaces implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            run.dsl().update(ACCOUNTS).set(PLACE, ID.mul(2)).execute();
        }
    }
}
