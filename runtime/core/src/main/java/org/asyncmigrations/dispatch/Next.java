package org.asyncmigrations.dispatch;

import java.util.List;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.state.MigrationRow;

/** What is to be done next, as the order has found it. */
sealed interface Next {
    /**
     * Migrations of this build have no row.
     *
     * @param missing the migrations, in the order of versions
     * @param isFirst whether no migration of any build has one
     */
    record Register(List<MigrationEntry> missing, boolean isFirst) implements Next {}

    /**
     * A migration's turn has come.
     *
     * @param entry the migration
     * @param row its row
     */
    record Ready(MigrationEntry entry, MigrationRow row) implements Next {}

    /**
     * A migration's row names other code than this build's.
     *
     * @param entry this build's migration
     * @param row its row
     */
    record OtherCode(MigrationEntry entry, MigrationRow row) implements Next {}

    /**
     * A migration is to be worked on.
     *
     * @param entry the migration
     * @param row its row
     */
    record Run(MigrationEntry entry, MigrationRow row) implements Next {}

    /**
     * Something passes by itself.
     *
     * @param reason what is waited for
     */
    record Wait(String reason) implements Next {}

    /**
     * Nothing goes on by itself.
     *
     * @param outcome how it stands
     * @param message why, for people
     * @param isFinal whether nobody can change that while this dispatch lasts
     */
    record Settled(Dispatch.Outcome outcome, String message, boolean isFinal) implements Next {}
}
