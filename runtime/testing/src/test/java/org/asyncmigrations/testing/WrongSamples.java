package org.asyncmigrations.testing;

import static org.asyncmigrations.testing.Shop.CUSTOMERS;
import static org.asyncmigrations.testing.Shop.EMAIL;
import static org.asyncmigrations.testing.Shop.FAX;
import static org.asyncmigrations.testing.Shop.FIRST;
import static org.asyncmigrations.testing.Shop.ID;
import static org.asyncmigrations.testing.Shop.LANGUAGE;
import static org.asyncmigrations.testing.Shop.LAST;
import static org.asyncmigrations.testing.Shop.NAME;
import static org.asyncmigrations.testing.Shop.NOTE;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import org.asyncmigrations.DataMigration;
import org.asyncmigrations.MigrationRun;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.testing.RightSamples.OfCustomers;
import org.jooq.Condition;
import org.jooq.Field;

/** The wrong counterparts of {@link RightSamples}. */
final class WrongSamples {
    private WrongSamples() {}

    /** Sets to NULL what is not NULL, and says the opposite. */
    static final class SaysTheOpposite extends OfCustomers {
        @Override
        public Condition pending() {
            return FAX.isNull();
        }

        @Override
        public long migrate(RowBatch batch) {
            return batch.dsl()
                    .update(CUSTOMERS)
                    .setNull(FAX)
                    .where(batch.rows())
                    .execute();
        }
    }

    /** Sets two columns, and asks for one of them; the old code has set that one alone. */
    static final class ForgetsAPart extends OfCustomers {
        @Override
        public Condition pending() {
            return FIRST.isNull().and(NAME.isNotNull());
        }

        @Override
        public long migrate(RowBatch batch) {
            return batch.dsl()
                    .update(CUSTOMERS)
                    .set(FIRST, lower(NAME))
                    .set(LAST, "family")
                    .where(batch.rows())
                    .execute();
        }
    }

    /** What is empty is found, and what is NULL is not. */
    static final class ForgetsNull extends OfCustomers {
        @Override
        public Condition pending() {
            return NOTE.ne("x");
        }

        @Override
        public long migrate(RowBatch batch) {
            return batch.dsl()
                    .update(CUSTOMERS)
                    .set(NOTE, "x")
                    .where(batch.rows())
                    .execute();
        }
    }

    /** Also changes the row behind its batch. */
    static final class ChangesOthers extends OfCustomers {
        @Override
        public Condition pending() {
            return EMAIL.ne(lower(EMAIL));
        }

        @Override
        public long migrate(RowBatch batch) {
            long rows = batch.dsl()
                    .update(CUSTOMERS)
                    .set(EMAIL, lower(EMAIL))
                    .where(batch.rows())
                    .execute();
            Long last = batch.dsl()
                    .select(org.jooq.impl.DSL.max(ID))
                    .from(CUSTOMERS)
                    .where(EMAIL.eq(lower(EMAIL)))
                    .fetchSingle()
                    .value1();
            batch.dsl()
                    .update(CUSTOMERS)
                    .set(LANGUAGE, "yy")
                    .where(ID.eq(last + 1))
                    .execute();
            return rows;
        }
    }

    static final class ThrowsInItsConstructor implements DataMigration {
        ThrowsInItsConstructor() {
            throw new IllegalStateException("no service of languages");
        }

        @Override
        public void migrate(MigrationRun run) {
            // Never comes here.
        }
    }

    static final class MeetsNull extends OfCustomers {
        @Override
        public Condition pending() {
            return FIRST.isNull();
        }

        @Override
        public long migrate(RowBatch batch) throws Exception {
            return batch.update(CUSTOMERS, row -> row.set(FIRST, row.get(NAME).trim()));
        }
    }

    static final class NeedsAnotherTable implements DataMigration {
        private static final Field<Integer> COUNT = field(name("count"), Integer.class);

        @Override
        public void migrate(MigrationRun run) {
            run.dsl().update(table(name("visits"))).set(COUNT, 0).execute();
        }
    }
}
