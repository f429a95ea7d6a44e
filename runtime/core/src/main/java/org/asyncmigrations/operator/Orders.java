package org.asyncmigrations.operator;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.Phase;
import org.asyncmigrations.State;
import org.asyncmigrations.Tuning;
import org.asyncmigrations.release.OlderInstances;
import org.asyncmigrations.state.GateRows;
import org.asyncmigrations.state.InstanceRows;
import org.asyncmigrations.state.MigrationRow;
import org.asyncmigrations.state.MigrationRows;
import org.asyncmigrations.state.Operations;
import org.asyncmigrations.state.StateTransaction;
import org.jspecify.annotations.Nullable;

/**
 * The orders of one operator. Each is one short transaction with its event, which names the operator and the reason; the
 * instances follow with their next look at the tables. If the state does not allow an order, the {@link Answer} says why.
 * Safe for threads.
 */
public final class Orders {
    private static final String DONE = "is done already";

    private static final String UNAPPROVED = "waits for approval; approve it";

    private static final Answer GIVEN = new Answer(true, "");

    private final TableAccess tables;
    private final String who;

    Orders(TableAccess tables, String who) {
        this.tables = tables;
        this.who = who;
    }

    /**
     * Holds a migration, and with it all that follow, until it is resumed. A transaction under way on it does not commit any more.
     *
     * @param version the migration
     * @param reason why, not blank
     * @return refused for one that is paused or done, and for one that waits for approval, which holds it already
     * @throws MigrationException when the database cannot be worked with
     * @throws IllegalArgumentException for a blank reason
     */
    public Answer pause(long version, String reason) {
        return give(
                version,
                reason,
                tx -> Operations.pause(tx, version, reason),
                row -> row.state() == State.DONE
                        ? DONE
                        : waitsForApproval(row) ? "waits for approval, which holds it already" : "is paused already");
    }

    /**
     * Lets a paused migration go on.
     *
     * @param version the migration
     * @param reason why, not blank
     * @return refused for one that is not paused, and for one that waits for {@link #approve}
     * @throws MigrationException when the database cannot be worked with
     * @throws IllegalArgumentException for a blank reason
     */
    public Answer resume(long version, String reason) {
        return give(
                version,
                reason,
                tx -> Operations.resume(tx, version, reason),
                row -> waitsForApproval(row) ? UNAPPROVED : "is not paused");
    }

    /**
     * Lets a migration begin that waits for approval. If it {@code startsAfter} a while, it still waits for that.
     *
     * @param version the migration
     * @param reason why, not blank
     * @return refused for one that does not wait for approval
     * @throws MigrationException when the database cannot be worked with
     * @throws IllegalArgumentException for a blank reason
     */
    public Answer approve(long version, String reason) {
        return give(
                version,
                reason,
                tx -> Operations.approve(tx, version, reason),
                row -> row.paused() && row.state() != State.DONE
                        ? "does not wait for approval; it is paused: resume it"
                        : "does not wait for approval; it is " + row.word());
    }

    private static boolean waitsForApproval(MigrationRow row) {
        return row.beginning().waitsForApproval();
    }

    /**
     * Changes how a migration is worked on, from its next batch on, in all instances, over restarts and deploys.
     *
     * @param version the migration
     * @param tuning what it names changes, and the rest stays; {@link Tuning#none()} takes all back
     * @param reason why, not blank
     * @return refused for one that is done, unless an after-release migration has it walked once more; for one that is tuned like
     *     that already; and if the state tables lack the column for it, with what to run
     * @throws MigrationException when the database cannot be worked with
     * @throws IllegalArgumentException for a blank reason
     */
    public Answer tune(long version, Tuning tuning, String reason) {
        return give(
                version,
                reason,
                tx -> Operations.tune(tx, version, tuning, reason),
                row -> row.state() == State.DONE ? DONE : "is tuned like that already");
    }

    /**
     * Gives a failed migration its attempts back, or the walk that an after-release migration waits for.
     *
     * @param version the migration
     * @param reason why, not blank
     * @return refused for one that has not failed
     * @throws MigrationException when the database cannot be worked with
     * @throws IllegalArgumentException for a blank reason
     */
    public Answer retry(long version, String reason) {
        return give(version, reason, tx -> Operations.retry(tx, version, reason), Orders::hasNotFailed);
    }

    /**
     * Gives all failed migrations their attempts back, in one transaction.
     *
     * @param reason why, not blank
     * @return their versions, ascending; that of a walk that seals is below zero
     * @throws MigrationException when the database cannot be worked with
     * @throws IllegalArgumentException for a blank reason
     */
    public List<Long> retryFailed(String reason) {
        requireReason(reason);
        return tables.write(who, tx -> Operations.retryFailed(tx, reason));
    }

    /**
     * Counts a migration as done without its work being done, so that what follows may go on.
     *
     * @param version the migration
     * @param reason why, not blank
     * @return refused for one that is done
     * @throws MigrationException when the database cannot be worked with
     * @throws IllegalArgumentException for a blank reason
     */
    public Answer skip(long version, String reason) {
        return give(
                version,
                reason,
                tx -> Operations.skip(tx, version, reason),
                row -> row.state() == State.DONE ? DONE : "is " + row.word());
    }

    /**
     * Leaves the rejects of a failed migration as they are, for good; it goes on and ends done without them.
     *
     * @param version the migration
     * @param reason why, not blank
     * @return refused for one that has not failed, that has no reject that is not accepted, or that is walked by position
     * @throws MigrationException when the database cannot be worked with
     * @throws IllegalArgumentException for a blank reason
     */
    public Answer acceptRejects(long version, String reason) {
        return give(
                version,
                reason,
                tx -> Operations.acceptRejects(tx, version, reason),
                row -> row.state() == State.FAILED ? "has no reject that is not accepted yet" : hasNotFailed(row));
    }

    /**
     * Ends the back-off of a migration, or the delay of one that has not begun: its next attempt is made at once. It replaces no
     * approval.
     *
     * @param version the migration
     * @param reason why, not blank
     * @return refused for one that does not wait for its next attempt, that is paused, or that waits for approval
     * @throws MigrationException when the database cannot be worked with
     * @throws IllegalArgumentException for a blank reason
     */
    public Answer runNow(long version, String reason) {
        return give(
                version,
                reason,
                tx -> Operations.runNow(tx, version, reason),
                row -> row.paused() && row.state() != State.DONE
                        ? waitsForApproval(row) ? UNAPPROVED : "is paused; resume it"
                        : "does not wait for its next attempt; it is " + row.word());
    }

    /**
     * Opens the gate of an after-release migration, whatever else it waits for. An instance with an older build that starts before
     * the migration has begun closes it again.
     *
     * @param version the migration
     * @param reason why, not blank
     * @param force whether to open it although instances run a build without the migration
     * @return refused while such instances are live, unless forced; for a migration that needs no gate, has begun, or has its gate
     *     open
     * @throws MigrationException when the database cannot be worked with
     * @throws IllegalArgumentException for a blank reason
     */
    public Answer openGate(long version, String reason, boolean force) {
        requireReason(reason);
        return tables.write(who, tx -> {
            MigrationRow row = MigrationRows.find(tx, version);
            String why = row == null ? missing(tx, version) : closed(tx, row, force);
            if (row == null || why != null) {
                return new Answer(false, why);
            }
            // Who begins a forced one does not ask again for the instances that were there already.
            return GateRows.open(tx, row, force, reason)
                    ? GIVEN
                    : new Answer(false, named(version) + " was changed at the same moment; look again");
        });
    }

    /** {@return why the gate of a migration is not opened, null if it may be} */
    private static @Nullable String closed(StateTransaction tx, MigrationRow row, boolean force) {
        if (row.phase() != Phase.AFTER_RELEASE) {
            return named(row.version()) + " has no gate: it is not an after-release migration";
        }
        if (row.gate().begun() || row.state() == State.DONE) {
            return named(row.version()) + (row.state() == State.DONE ? " " + DONE : " has begun already");
        }
        if (row.gate().openedAt() != null) {
            return named(row.version()) + " has an open gate already";
        }
        return force ? null : OlderInstances.without(row.version(), InstanceRows.present(tx, InstanceRows.DRAIN));
    }

    /** Why is read in the transaction that has found the order impossible. */
    private Answer give(
            long version, String reason, Predicate<StateTransaction> order, Function<MigrationRow, String> refusal) {
        requireReason(reason);
        try {
            return tables.write(who, tx -> {
                if (order.test(tx)) {
                    return GIVEN;
                }
                MigrationRow row = MigrationRows.find(tx, version);
                return new Answer(
                        false, row == null ? missing(tx, version) : named(version) + " " + refusal.apply(row));
            });
        } catch (MigrationException refused) {
            if (refused.version() == 0) {
                throw refused;
            }
            return new Answer(false, String.valueOf(refused.getMessage()));
        }
    }

    private static void requireReason(String reason) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("an order needs a reason; say why, for the audit");
        }
    }

    private static String hasNotFailed(MigrationRow row) {
        return "has not failed; it is " + row.word();
    }

    private static String missing(StateTransaction tx, long version) {
        return "there is no " + named(version) + " in schema " + tx.schema();
    }

    private static String named(long version) {
        return "migration " + MigrationEntry.written(version);
    }
}
