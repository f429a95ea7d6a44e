package org.asyncmigrations.testing;

import static org.asyncmigrations.testing.Shop.ADDRESSES;
import static org.asyncmigrations.testing.Shop.ADDRESS_OF;
import static org.asyncmigrations.testing.Shop.CUSTOMERS;
import static org.asyncmigrations.testing.Shop.ID;
import static org.asyncmigrations.testing.Shop.N;
import static org.asyncmigrations.testing.Shop.ORDERS;
import static org.asyncmigrations.testing.Shop.ORDER_OF;
import static org.asyncmigrations.testing.Shop.REFERRER;
import static org.asyncmigrations.testing.Shop.SETTING;
import static org.asyncmigrations.testing.Shop.SETTINGS;
import static org.asyncmigrations.testing.Shop.STAMPED;
import static org.asyncmigrations.testing.Shop.STAMPED_ID;
import static org.asyncmigrations.testing.Shop.VALUE;

import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Guarded;
import org.asyncmigrations.MigrationRun;
import org.jooq.Condition;

/** The same in one piece. */
final class RightDataSamples {
    private RightDataSamples() {}

    static final class RenamesSetting implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            run.dsl()
                    .update(SETTINGS)
                    .set(SETTING, "mail.from")
                    .where(SETTING.eq("mail.sender"))
                    .execute();
            run.dsl()
                    .update(SETTINGS)
                    .set(VALUE, "50")
                    .where(SETTING.eq("page.size"))
                    .execute();
        }
    }

    static final class AddsSetting implements DataMigration, Guarded {
        @Override
        public boolean isDone(MigrationRun run) {
            return run.dsl().fetchExists(SETTINGS, SETTING.eq("theme"));
        }

        @Override
        public void migrate(MigrationRun run) {
            run.dsl()
                    .insertInto(SETTINGS, SETTING, VALUE)
                    .values("theme", "light")
                    .execute();
        }
    }

    /** It is there already. */
    static final class AddsWhatIsThere implements DataMigration, Guarded {
        @Override
        public boolean isDone(MigrationRun run) {
            return run.dsl().fetchExists(SETTINGS, SETTING.eq("page.size"));
        }

        @Override
        public void migrate(MigrationRun run) {
            run.dsl()
                    .insertInto(SETTINGS, SETTING, VALUE)
                    .values("page.size", "10")
                    .execute();
        }
    }

    /** Each names the one who referred the other who referred it. */
    static final class ShortensReferrers implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            run.dsl().update(CUSTOMERS).set(REFERRER, 1L).where(ID.gt(1L)).execute();
        }
    }

    /** Deletes customers, after what names them. */
    static final class DeletesClosedCustomers implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            Condition gone = ID.gt(9L);
            run.dsl().deleteFrom(ORDERS).where(ORDER_OF.gt(9L)).execute();
            run.dsl().deleteFrom(ADDRESSES).where(ADDRESS_OF.gt(9L)).execute();
            run.dsl().update(CUSTOMERS).setNull(REFERRER).where(gone).execute();
            run.dsl().deleteFrom(CUSTOMERS).where(gone).execute();
        }
    }

    /** What it leaves to defaults the database makes. */
    static final class InsertsStamped implements DataMigration {
        @Override
        public void migrate(MigrationRun run) {
            run.dsl()
                    .insertInto(STAMPED, STAMPED_ID, N)
                    .values(100L, 1)
                    .values(101L, 2)
                    .execute();
        }
    }
}
