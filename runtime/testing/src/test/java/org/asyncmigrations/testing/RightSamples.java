package org.asyncmigrations.testing;

import static org.asyncmigrations.testing.Shop.ADDRESSES;
import static org.asyncmigrations.testing.Shop.ADDRESS_ID;
import static org.asyncmigrations.testing.Shop.ADDRESS_OF;
import static org.asyncmigrations.testing.Shop.ADDRESS_STREET;
import static org.asyncmigrations.testing.Shop.CENTS;
import static org.asyncmigrations.testing.Shop.CLOSED_BY;
import static org.asyncmigrations.testing.Shop.CURRENCY;
import static org.asyncmigrations.testing.Shop.CUSTOMERS;
import static org.asyncmigrations.testing.Shop.DELETED_AT;
import static org.asyncmigrations.testing.Shop.EMAIL;
import static org.asyncmigrations.testing.Shop.EURO_CENTS;
import static org.asyncmigrations.testing.Shop.FAX;
import static org.asyncmigrations.testing.Shop.FEELING;
import static org.asyncmigrations.testing.Shop.FIRST;
import static org.asyncmigrations.testing.Shop.ID;
import static org.asyncmigrations.testing.Shop.KEPT_SINCE;
import static org.asyncmigrations.testing.Shop.LANGUAGE;
import static org.asyncmigrations.testing.Shop.LAST;
import static org.asyncmigrations.testing.Shop.LAST_SEEN;
import static org.asyncmigrations.testing.Shop.MAIN_ADDRESS;
import static org.asyncmigrations.testing.Shop.N;
import static org.asyncmigrations.testing.Shop.NAME;
import static org.asyncmigrations.testing.Shop.NOTE;
import static org.asyncmigrations.testing.Shop.NUMBER;
import static org.asyncmigrations.testing.Shop.ORDERS;
import static org.asyncmigrations.testing.Shop.ORDER_OF;
import static org.asyncmigrations.testing.Shop.PERCENT;
import static org.asyncmigrations.testing.Shop.RATES;
import static org.asyncmigrations.testing.Shop.RATE_OF;
import static org.asyncmigrations.testing.Shop.STAMPED;
import static org.asyncmigrations.testing.Shop.STAMPED_ID;
import static org.asyncmigrations.testing.Shop.STATUS;
import static org.asyncmigrations.testing.Shop.STREET;
import static org.asyncmigrations.testing.Shop.feeling;
import static org.jooq.impl.DSL.concat;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;

import java.util.Objects;
import java.util.function.UnaryOperator;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.RowBatch;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** Migrations as a team wrote them for applications of its own, all of them right. */
final class RightSamples {
    private RightSamples() {}

    /** Walks the customers. */
    abstract static class OfCustomers implements BatchMigration {
        @Override
        public final BatchKey key() {
            return BatchKey.of(CUSTOMERS, ID);
        }
    }

    /** Walks the orders. */
    abstract static class OfOrders implements BatchMigration {
        @Override
        public final BatchKey key() {
            return BatchKey.of(ORDERS, ORDER_OF, NUMBER);
        }
    }

    static final class DeletesOldOrders extends OfOrders {
        @Override
        public Condition pending() {
            return CENTS.lt(500L);
        }

        @Override
        public long migrate(RowBatch batch) {
            return batch.dsl().deleteFrom(ORDERS).where(batch.rows()).execute();
        }
    }

    static final class SetsFaxToNull extends OfCustomers {
        @Override
        public Condition pending() {
            return FAX.isNotNull();
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

    /** What it clears it writes elsewhere first, and something else for what was empty. */
    static final class ClearsLegacyFax extends OfCustomers {
        @Override
        public Condition pending() {
            return FAX.isNotNull();
        }

        @Override
        public long migrate(RowBatch batch) {
            return batch.dsl()
                    .update(CUSTOMERS)
                    .set(NOTE, DSL.coalesce(concat(inline("fax "), FAX), inline("no fax")))
                    .setNull(FAX)
                    .where(batch.rows())
                    .execute();
        }
    }

    /** Leaves what the application has computed, and what there is no rate for. */
    static final class ConvertsByRates extends OfOrders {
        @Override
        public Condition pending() {
            return EURO_CENTS
                    .isNull()
                    .and(CENTS.isNotNull())
                    .and(exists(selectOne().from(RATES).where(RATE_OF.eq(CURRENCY))));
        }

        @Override
        public long migrate(RowBatch batch) {
            return batch.dsl()
                    .update(ORDERS)
                    .set(
                            EURO_CENTS,
                            select(CENTS.mul(PERCENT).div(100L))
                                    .from(RATES)
                                    .where(RATE_OF.eq(CURRENCY))
                                    .asField())
                    .where(batch.rows())
                    .execute();
        }
    }

    static final class CopiesStreets extends OfCustomers {
        @Override
        public Condition pending() {
            return STREET.isNotNull().and(notExists(selectOne().from(ADDRESSES).where(ADDRESS_OF.eq(ID))));
        }

        @Override
        public long migrate(RowBatch batch) {
            return batch.dsl()
                    .insertInto(ADDRESSES, ADDRESS_OF, ADDRESS_STREET)
                    .select(select(ID, STREET).from(CUSTOMERS).where(batch.rows()))
                    .execute();
        }
    }

    /** One row of another table for each, which it then names. */
    static final class MovesStreets extends OfCustomers {
        @Override
        public Condition pending() {
            return STREET.isNotNull().and(MAIN_ADDRESS.isNull());
        }

        @Override
        public long migrate(RowBatch batch) {
            var rows = batch.dsl()
                    .select(ID, STREET)
                    .from(CUSTOMERS)
                    .where(batch.rows())
                    .orderBy(ID)
                    .forUpdate()
                    .fetch();
            for (Record row : rows) {
                batch.dsl()
                        .insertInto(ADDRESSES, ADDRESS_OF, ADDRESS_STREET)
                        .values(row.get(ID), row.get(STREET))
                        .execute();
                long address = batch.dsl()
                        .select(DSL.max(ADDRESS_ID))
                        .from(ADDRESSES)
                        .where(ADDRESS_OF.eq(row.get(ID)))
                        .fetchSingle()
                        .value1();
                batch.dsl()
                        .update(CUSTOMERS)
                        .set(MAIN_ADDRESS, address)
                        .where(ID.eq(row.get(ID)))
                        .execute();
            }
            return rows.size();
        }
    }

    static final class SplitsNames extends OfCustomers {
        @Override
        public Condition pending() {
            return NAME.isNotNull().and(FIRST.isNull()).and(LAST.isNull());
        }

        @Override
        public long migrate(RowBatch batch) throws Exception {
            return batch.update(CUSTOMERS, row -> {
                String[] parts = row.get(NAME).split(" ", 2);
                row.set(FIRST, parts[0]);
                row.set(LAST, parts.length == 1 ? "" : parts[1]);
            });
        }
    }

    /** Keeps the newest order of each customer. */
    static final class DeletesDuplicates extends OfOrders {
        @Override
        public Condition pending() {
            Table<Record> newer = ORDERS.as("newer");
            return exists(selectOne()
                    .from(newer)
                    .where(DSL.field(DSL.name("newer", "customer"), Long.class).eq(ORDER_OF))
                    .and(DSL.field(DSL.name("newer", "number"), Integer.class).gt(NUMBER)));
        }

        @Override
        public long migrate(RowBatch batch) {
            var rows = batch.dsl()
                    .select(ORDER_OF, NUMBER)
                    .from(ORDERS)
                    .where(batch.rows())
                    .fetch();
            return rows.isEmpty()
                    ? 0
                    : batch.dsl()
                            .deleteFrom(ORDERS)
                            .where(DSL.row(ORDER_OF, NUMBER).in(rows))
                            .execute();
        }
    }

    /** With a service that does not take NULL; some notes are NULL, and not pending. */
    static final class GuessesLanguages extends OfCustomers {
        private final UnaryOperator<String> languages;

        GuessesLanguages(UnaryOperator<String> languages) {
            this.languages = Objects.requireNonNull(languages);
        }

        @Override
        public Condition pending() {
            return LANGUAGE.isNull().and(NOTE.ne(""));
        }

        @Override
        public long migrate(RowBatch batch) throws Exception {
            return batch.update(CUSTOMERS, row -> row.set(LANGUAGE, languages.apply(row.get(NOTE))));
        }
    }

    /** The same with one that does: what is not pending would be filled. */
    static final class GuessesAnyLanguage extends OfCustomers {
        @Override
        public Condition pending() {
            return LANGUAGE.isNull().and(NOTE.ne(""));
        }

        @Override
        public long migrate(RowBatch batch) throws Exception {
            return batch.update(CUSTOMERS, row -> row.set(LANGUAGE, row.get(NOTE) == null ? "none" : "en"));
        }
    }

    /** In a column that is unique. */
    static final class MovesEmails extends OfCustomers {
        @Override
        public Condition pending() {
            return EMAIL.like("%@Example.org");
        }

        @Override
        public long migrate(RowBatch batch) {
            return batch.dsl()
                    .update(CUSTOMERS)
                    .set(EMAIL, DSL.replace(EMAIL, inline("Example.org"), inline("shop.org")))
                    .where(batch.rows())
                    .execute();
        }
    }

    /** Some were never seen; whether those are old nobody knows. */
    static final class DeletesSoftly extends OfCustomers {
        @Override
        public Condition pending() {
            return DELETED_AT.isNull().and(LAST_SEEN.lt(KEPT_SINCE));
        }

        @Override
        public long migrate(RowBatch batch) {
            return batch.dsl()
                    .update(CUSTOMERS)
                    .set(DELETED_AT, KEPT_SINCE)
                    .where(batch.rows())
                    .execute();
        }
    }

    /** Some were closed before anybody wrote down by whom. */
    static final class ClosesOpenOnes extends OfCustomers {
        @Override
        public Condition pending() {
            return STATUS.eq("open");
        }

        @Override
        public long migrate(RowBatch batch) {
            return batch.dsl()
                    .update(CUSTOMERS)
                    .set(STATUS, "closed")
                    .set(CLOSED_BY, "system")
                    .where(batch.rows())
                    .execute();
        }
    }

    /** Those with an order in dollars, by a subquery on another table. */
    static final class MarksDollarCustomers extends OfCustomers {
        private static final Field<String> MARK = NOTE;

        @Override
        public Condition pending() {
            return MARK.isDistinctFrom("dollar")
                    .and(ID.in(select(ORDER_OF)
                            .from(ORDERS)
                            .where(CURRENCY.eq("USD"))
                            .and(NUMBER.eq(1))));
        }

        @Override
        public long migrate(RowBatch batch) {
            return batch.dsl()
                    .update(CUSTOMERS)
                    .set(MARK, "dollar")
                    .where(batch.rows())
                    .execute();
        }
    }

    /** A trigger stamps and logs each row that it changes. */
    static final class ChangesStamped implements BatchMigration {
        @Override
        public BatchKey key() {
            return BatchKey.of(STAMPED, STAMPED_ID);
        }

        @Override
        public Condition pending() {
            return FEELING.isNull();
        }

        @Override
        public long migrate(RowBatch batch) {
            return batch.dsl()
                    .update(STAMPED)
                    .set(N, N.plus(100))
                    .set(FEELING, feeling("good"))
                    .where(batch.rows())
                    .execute();
        }
    }
}
