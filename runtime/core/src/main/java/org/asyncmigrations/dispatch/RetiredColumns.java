package org.asyncmigrations.dispatch;

import java.util.Collection;
import java.util.Locale;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.RetiredColumn;
import org.asyncmigrations.product.NotRetried;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;

/**
 * Looks, before a migration's first attempt, whether the columns that it says it takes away are there: a slip in a name would
 * leave the column where it is, and nobody would notice. Without state, and so safe for threads.
 */
final class RetiredColumns {
    private RetiredColumns() {}

    /**
     * Looks for each.
     *
     * @throws MigrationException when one is missing
     */
    static void check(DSLContext dsl, Claimed claimed, Collection<RetiredColumn> columns) {
        for (RetiredColumn column : columns) {
            // No row is read; the result's columns are the table's, as the server has them now.
            boolean there = dsl.select(DSL.asterisk())
                    // By the mapped name, which a table by its qualified name would not have.
                    .from(DSL.table(dsl.render(column.table())))
                    .where(DSL.falseCondition())
                    .fetch()
                    .fieldStream()
                    .map(Field::getName)
                    .anyMatch(name -> plain(name).equals(plain(column.name())));
            if (!there) {
                throw new MissingColumnException(claimed, column);
            }
        }
    }

    /** As the compile-time check compares. */
    private static String plain(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    /** The database has no such column. */
    private static final class MissingColumnException extends MigrationException implements NotRetried {
        private static final long serialVersionUID = 1L;

        MissingColumnException(Claimed claimed, RetiredColumn column) {
            super(
                    claimed.entry().version(),
                    "[RetiredColumnNamed] " + claimed.entry() + " retires column " + column.name() + " of table "
                            + column.table().getName()
                            + ", which has none of that name; correct the name in @RetiresColumn, or, where the column"
                            + " is gone already, skip() the migration (in databases that were created without it,"
                            + " assumeNewDatabase() leaves this check out)",
                    null);
        }
    }
}
