package org.asyncmigrations.example.quickstart;

import static org.asyncmigrations.example.quickstart.schema.Tables.CUSTOMERS;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.DSL.nullif;
import static org.jooq.impl.DSL.trim;

import org.asyncmigrations.example.quickstart.customer.PhoneNumbers;
import org.asyncmigrations.example.quickstart.schema.tables.Customers;
import org.jooq.DSLContext;
import org.jooq.Field;

/**
 * Normalizes the emails with one UPDATE, for comparison with the back-fills: on a copy of the table as it was before the
 * migrations, with the same client writing to the copy.
 */
final class SingleUpdate {
    /** The result. */
    record Result(long rows, double seconds, Waits waits) {}

    private static final double NANOS_A_SECOND = 1e9;

    private SingleUpdate() {}

    static Result run(Database database, long[] ids, PhoneNumbers phoneNumbers) throws InterruptedException {
        DSLContext dsl = database.dsl();
        Customers copy = CUSTOMERS.rename("customers_copy");
        copy(dsl, copy, ids[ids.length - 1]);
        database.analyze();
        try (LiveClient client = new LiveClient(dsl, copy, ids, phoneNumbers).start()) {
            Field<String> normalized = lower(nullif(trim(copy.EMAIL), inline("")));
            long begin = System.nanoTime();
            long rows = dsl.update(copy)
                    .set(copy.EMAIL_NORMALIZED, normalized)
                    .where(copy.EMAIL_NORMALIZED.isDistinctFrom(normalized))
                    .execute();
            return new Result(rows, (System.nanoTime() - begin) / NANOS_A_SECOND, client.waits());
        }
    }

    private static void copy(DSLContext dsl, Customers copy, long lastId) {
        dsl.createTable(copy).columns(copy.fields()).primaryKey(copy.ID).execute();
        dsl.insertInto(copy, copy.ID, copy.NAME, copy.EMAIL, copy.PHONE)
                .select(dsl.select(CUSTOMERS.ID, CUSTOMERS.NAME, CUSTOMERS.EMAIL, CUSTOMERS.PHONE)
                        .from(CUSTOMERS)
                        .where(CUSTOMERS.ID.le(lastId)))
                .execute();
    }
}
