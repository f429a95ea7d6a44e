package org.asyncmigrations.dispatch;

import java.util.List;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.session.LogContext;
import org.asyncmigrations.state.MigrationRow;
import org.jspecify.annotations.Nullable;

/** What is to be done next, as the order has found it. */
sealed interface Next {
    /** What is to be done for one migration. */
    sealed interface OfOne extends Next {
        /** {@return the migration} */
        MigrationEntry entry();

        @Override
        default LogContext logContext() {
            return LogContext.of(entry());
        }
    }

    /** {@return which migration the lines of doing it belong to} */
    default LogContext logContext() {
        return LogContext.current();
    }

    /**
     * Migrations of this build have no row.
     *
     * @param missing the migrations, in the order of versions
     * @param isFirst whether no migration of any build has begun
     */
    record Register(List<MigrationEntry> missing, boolean isFirst) implements Next {}

    /**
     * A migration's turn has come.
     *
     * @param entry the migration
     * @param row its row
     */
    record Ready(MigrationEntry entry, MigrationRow row) implements OfOne {}

    /**
     * A migration's row names other code than this build's.
     *
     * @param entry this build's migration
     * @param row its row
     */
    record OtherCode(MigrationEntry entry, MigrationRow row) implements OfOne {}

    /**
     * A migration is to be worked on.
     *
     * @param entry the migration
     * @param row its row
     */
    record Run(MigrationEntry entry, MigrationRow row) implements OfOne {}

    /**
     * The mode says that an after-release migration's turn has come, and its gate is closed.
     *
     * @param entry the migration
     * @param row its row
     */
    record Open(MigrationEntry entry, MigrationRow row) implements OfOne {}

    /**
     * Before an after-release migration begins, one that it depends on is walked once more.
     *
     * @param entry the after-release migration
     * @param row its row
     * @param sealed the migration that is walked
     * @param before how that one's own row stands
     * @param walk the walk's row, null for none yet
     */
    record Seal(
            MigrationEntry entry,
            MigrationRow row,
            MigrationEntry sealed,
            MigrationRow before,
            @Nullable MigrationRow walk)
            implements OfOne {}

    /**
     * All that is left is after-release migrations whose gates are closed, and what names them.
     *
     * @param migrations these migrations, in the order of versions
     */
    record Held(List<MigrationEntry> migrations) implements Next {
        /**
         * Copies the list.
         *
         * @param migrations these migrations
         */
        public Held {
            migrations = List.copyOf(migrations);
        }
    }

    /**
     * Something passes by itself.
     *
     * @param reason what is waited for
     */
    record Wait(String reason) implements Next {}

    /**
     * An attempt has failed, and the next one is not due.
     *
     * @param entry the migration
     */
    record BackOff(MigrationEntry entry) implements OfOne {}

    /**
     * A migration has failed, and an order or new code is what it goes on by.
     *
     * @param entry the migration
     * @param row its row
     * @param waiting the migrations that wait for it, in the order of versions
     */
    record Failed(MigrationEntry entry, MigrationRow row, List<MigrationEntry> waiting) implements OfOne {
        /**
         * Copies the list.
         *
         * @param entry the migration
         * @param row its row
         * @param waiting the migrations that wait for it
         */
        public Failed {
            waiting = List.copyOf(waiting);
        }
    }

    /**
     * Nothing goes on by itself.
     *
     * @param outcome how it stands
     * @param message why, for people
     * @param isFinal whether nobody can change that while this dispatch lasts
     */
    record Settled(Dispatch.Outcome outcome, String message, boolean isFinal) implements Next {}
}
