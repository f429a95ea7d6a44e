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
 * Checks, before a migration's first attempt, that the columns it says it retires exist. Otherwise a misspelled name would leave
 * the column in place, and nobody would notice. Thread-safe.
 */
final class RetiredColumns {
    private final Attempts attempts;
    private final Brake brake;
    private final MigrationSet contents;
    private final boolean newDatabase;

    /** The migrations whose columns this process has started to look for and hasn't found yet. */
    private final Set<Long> unread = ConcurrentHashMap.newKeySet();

    RetiredColumns(Attempts attempts, Brake brake, MigrationSet contents, boolean newDatabase) {
        this.attempts = attempts;
        this.brake = brake;
        this.contents = contents;
        this.newDatabase = newDatabase;
    }

    /**
     * Looks for a migration's columns, unless it has begun: then its own work may have dropped them. {@return whether it may begin;
     * the reason against it has been recorded}
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

    /**
     * Temporary trouble doesn't use up an attempt. The next attempt is again the first one and looks for the columns, in any
     * process.
     */
    private void notFound(Claimed claimed, Throwable failure) {
        Trouble trouble = Trouble.of(failure);
        if (trouble == Trouble.CONNECTION || trouble == Trouble.LOCK || trouble == Trouble.FULL) {
            brake.hindered(claimed.entry(), "its columns cannot be read: " + Trouble.words(failure));
            attempts.giveBack(claimed);
        } else {
            attempts.failed(claimed, failure);
        }
    }

    private static void check(DSLContext dsl, Claimed claimed, Collection<RetiredColumn> columns) {
        for (RetiredColumn column : columns) {
            // No row is read. The result has the columns that the server's table currently has.
            boolean there = dsl.select(DSL.asterisk())
                    // With the mapped name, which a table made from its qualified name wouldn't have.
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

    /** Normalizes a name like the compile-time check does. */
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
                            + ", which has no such column; correct the name in @RetiresColumn, or, if the column is"
                            + " already gone, skip() the migration (for databases created without it,"
                            + " assumeNewDatabase() turns this check off)",
                    null);
        }
    }
}
