package org.asyncmigrations.dispatch;

import java.util.List;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.session.LogContext;
import org.asyncmigrations.state.MigrationRow;
import org.jspecify.annotations.Nullable;

/** What to do next, as {@link Order} has found it. */
sealed interface NextAction {
    /** What to do for one migration. */
    sealed interface OfOne extends NextAction {
        /** {@return the migration} */
        MigrationEntry entry();

        @Override
        default LogContext logContext() {
            return LogContext.of(entry());
        }
    }

    /** {@return the log context for work on this migration} */
    default LogContext logContext() {
        return LogContext.current();
    }

    /**
     * Migrations of this build have no row.
     *
     * @param missing the migrations, in the order of versions
     * @param isFirst whether no migration of any build has begun
     */
    record Register(List<MigrationEntry> missing, boolean isFirst) implements NextAction {}

    /**
     * It's a migration's turn.
     *
     * @param entry the migration
     * @param row its row
     */
    record Ready(MigrationEntry entry, MigrationRow row) implements OfOne {}

    /**
     * A migration's row has another fingerprint than this build's code.
     *
     * @param entry this build's migration
     * @param row its row
     */
    record OtherCode(MigrationEntry entry, MigrationRow row) implements OfOne {}

    /**
     * There is work to do on a migration.
     *
     * @param entry the migration
     * @param row its row
     */
    record Run(MigrationEntry entry, MigrationRow row) implements OfOne {}

    /**
     * The mode opens the closed gate of an after-release migration.
     *
     * @param entry the migration
     * @param row its row
     */
    record Open(MigrationEntry entry, MigrationRow row) implements OfOne {}

    /**
     * Before an after-release migration begins, a migration that it depends on is walked once more.
     *
     * @param entry the after-release migration
     * @param row its row
     * @param sealed the migration that is walked
     * @param before that migration's row
     * @param walk the walk's row, null if it doesn't exist yet
     */
    record Seal(
            MigrationEntry entry,
            MigrationRow row,
            MigrationEntry sealed,
            MigrationRow before,
            @Nullable MigrationRow walk)
            implements OfOne {}

    /**
     * Only after-release migrations with closed gates are left, and migrations that depend on them.
     *
     * @param migrations these migrations, in the order of versions
     */
    record Held(List<MigrationEntry> migrations) implements NextAction {
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
     * Something must happen first. It needs no order.
     *
     * @param reason what is waited for
     */
    record Wait(String reason) implements NextAction {}

    /**
     * An attempt has failed, and the next one isn't due yet.
     *
     * @param entry the migration
     */
    record BackOff(MigrationEntry entry) implements OfOne {}

    /**
     * A migration has failed. It continues after an order or with new code.
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
     * Nothing continues without an order.
     *
     * @param outcome the outcome
     * @param message the reason, for people
     * @param isFinal whether this can't change during this dispatch
     */
    record Settled(Dispatch.Outcome outcome, String message, boolean isFinal) implements NextAction {}
}
