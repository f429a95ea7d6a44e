package org.asyncmigrations.dispatch;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.RetiredColumn;
import org.asyncmigrations.batch.Brake;
import org.asyncmigrations.product.NotRetried;
import org.asyncmigrations.product.Trouble;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;

/**
 * Looks, before a migration's first attempt, whether the columns that it says it takes away are there: a slip in a name would
 * leave the column where it is, and nobody would notice. Safe for threads.
 */
final class RetiredColumns {
    private final Attempts attempts;
    private final Brake brake;
    private final Contents contents;
    private final boolean newDatabase;

    /** The migrations whose columns this process has begun to look for, and not found yet. */
    private final Set<Long> unread = ConcurrentHashMap.newKeySet();

    RetiredColumns(Attempts attempts, Brake brake, Contents contents, boolean newDatabase) {
        this.attempts = attempts;
        this.brake = brake;
        this.contents = contents;
        this.newDatabase = newDatabase;
    }

    /**
     * Looks for those of a migration, as long as it has not begun: afterwards its own work may have taken them away. {@return
     * whether it may begin; why not has been written down}
     */
    boolean areThere(Claimed claimed) {
        Collection<RetiredColumn> columns = contents.retiredColumns(claimed.entry());
        long version = claimed.entry().version();
        boolean hasNotBegun = claimed.row().attempts() == 0 || unread.contains(version);
        if (columns.isEmpty() || newDatabase || !hasNotBegun) {
            return true;
        }
        unread.add(version);
        try {
            attempts.look(claimed, dsl -> check(dsl, claimed, columns));
            unread.remove(version);
            return true;
        } catch (Throwable failure) {
            notFound(claimed, failure);
            return false;
        }
    }

    /** What passes by itself uses no attempt up: the next one is the first again, and looks, in whatever process. */
    private void notFound(Claimed claimed, Throwable failure) {
        Trouble trouble = Trouble.of(failure);
        if (trouble == Trouble.CONNECTION || trouble == Trouble.LOCK || trouble == Trouble.FULL) {
            brake.hindered(claimed.entry(), "its columns cannot be looked at: " + Trouble.words(failure));
            attempts.giveBack(claimed);
        } else {
            attempts.failed(claimed, failure);
        }
    }

    private static void check(DSLContext dsl, Claimed claimed, Collection<RetiredColumn> columns) {
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
