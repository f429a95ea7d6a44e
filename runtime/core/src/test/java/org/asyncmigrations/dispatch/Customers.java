package org.asyncmigrations.dispatch;

import static org.jooq.impl.DSL.cast;
import static org.jooq.impl.DSL.concat;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.when;

import java.util.stream.IntStream;
import org.asyncmigrations.BatchKey;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.RowBatch;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/** A table to migrate: customers with gaps between their ids, and a counter of each row's changes. */
final class Customers {
    static final Table<Record> CUSTOMERS = table(name("customers"));
    static final Field<Long> ID = field(name("customers", "id"), SQLDataType.BIGINT);
    static final Field<String> EMAIL = field(name("customers", "email"), SQLDataType.VARCHAR(100));
    static final Field<String> EMAIL_LOWER = field(name("customers", "email_lower"), SQLDataType.VARCHAR(100));
    static final Field<Integer> CHANGES = field(name("customers", "changes"), SQLDataType.INTEGER);

    private Customers() {}

    static void create(DSLContext dsl, int rows) {
        dsl.createTable(CUSTOMERS)
                .column("id", SQLDataType.BIGINT.nullable(false))
                .column("email", SQLDataType.VARCHAR(100))
                .column("email_lower", SQLDataType.VARCHAR(100))
                .column("changes", SQLDataType.INTEGER.nullable(false))
                .primaryKey("id")
                .execute();
        var first = dsl.insertInto(CUSTOMERS).columns(ID, EMAIL, CHANGES);
        IntStream.range(0, Math.min(rows, 10))
                .forEach(i -> first.values((long) i * 3 + 1, i == 0 ? null : "User" + i + "@Example.ORG", 0));
        first.execute();
        // The database doubles the rows, which takes less time than sending them.
        for (long filled = 10; filled < rows; filled *= 2) {
            Field<Long> number = cast(ID.minus(1L).div(3L), SQLDataType.BIGINT).plus(filled);
            Field<String> email = concat(inline("User"), number.cast(SQLDataType.VARCHAR), inline("@Example.ORG"));
            dsl.insertInto(CUSTOMERS, ID, EMAIL, CHANGES)
                    .select(select(ID.plus(3 * filled), when(EMAIL.isNotNull(), email), inline(0))
                            .from(CUSTOMERS)
                            .where(ID.lt(3 * Math.min(filled, rows - filled) + 1)))
                    .execute();
        }
    }

    static long wrong(DSLContext dsl) {
        return dsl.fetchCount(
                CUSTOMERS,
                EMAIL.isNotNull()
                        .and(CHANGES.ne(1).or(EMAIL_LOWER.isNull()).or(EMAIL_LOWER.ne(lower(EMAIL))))
                        .or(EMAIL.isNull().and(CHANGES.ne(0))));
    }

    /** A set-based backfill that counts how often it has changed each row. */
    static class LowerEmails implements BatchMigration {
        @Override
        public BatchKey key() {
            return BatchKey.of(CUSTOMERS, ID);
        }

        @Override
        public Condition pending() {
            return EMAIL_LOWER.isNull().and(EMAIL.isNotNull());
        }

        @Override
        public long migrate(RowBatch batch) throws Exception {
            return batch.dsl()
                    .update(CUSTOMERS)
                    .set(EMAIL_LOWER, lower(EMAIL))
                    .set(CHANGES, CHANGES.plus(1))
                    .where(batch.rows())
                    .execute();
        }
    }
}
