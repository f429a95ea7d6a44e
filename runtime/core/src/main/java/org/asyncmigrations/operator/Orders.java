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
 * The orders of one operator. Each is one short transaction that also writes an event with the operator's name and the reason. The
 * instances follow an order when they next read the tables. If the state doesn't allow an order, the {@link Answer} says why.
 * Thread-safe.
 */
public final class Orders {
    private static final String DONE = "is already done";

    private static final String UNAPPROVED = "waits for approval; approve it";

    private static final Answer GIVEN = new Answer(true, "");

    private final TableAccess tables;
    private final String who;

    Orders(TableAccess tables, String who) {
        this.tables = tables;
        this.who = who;
    }

    /**
     * Stops a migration and all that follow, until it is resumed. A transaction that is running for it doesn't commit.
     *
     * @param version the migration
     * @param reason why, not blank
     * @return refused if it is paused or done, or waits for approval, which already stops it
     * @throws MigrationException if the database can't be used
     * @throws IllegalArgumentException for a blank reason
     */
    public Answer pause(long version, String reason) {
        return give(
                version,
                reason,
                tx -> Operations.pause(tx, version, reason),
                row -> row.state() == State.DONE
                        ? DONE
                        : waitsForApproval(row) ? "waits for approval, so it is not running" : "is already paused");
    }

    /**
     * Lets a paused migration continue.
     *
     * @param version the migration
     * @param reason why, not blank
     * @return refused if it isn't paused, or waits for {@link #approve}
     * @throws MigrationException if the database can't be used
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
     * Lets a migration begin that waits for approval. If it also has {@code startsAfter}, it still waits for that time.
     *
     * @param version the migration
     * @param reason why, not blank
     * @return refused if it isn't waiting for approval
     * @throws MigrationException if the database can't be used
     * @throws IllegalArgumentException for a blank reason
     */
    public Answer approve(long version, String reason) {
        return give(
                version,
                reason,
                tx -> Operations.approve(tx, version, reason),
                row -> row.paused() && row.state() != State.DONE
                        ? "is not waiting for approval; it is paused, so resume it"
                        : "is not waiting for approval; it is " + row.word());
    }

    private static boolean waitsForApproval(MigrationRow row) {
        return row.beginning().waitsForApproval();
    }

    /**
     * Changes the speed of a migration, from its next batch on, in all instances. The tuning survives restarts and deploys.
     *
     * @param version the migration
     * @param tuning the values to change; others stay as they are; {@link Tuning#none()} removes all
     * @param reason why, not blank
     * @return refused if it is done, unless it is being sealed for an after-release migration; if it already has this tuning; or if
     *     the state tables lack the column for it, with the statement to run
     * @throws MigrationException if the database can't be used
     * @throws IllegalArgumentException for a blank reason
     */
    public Answer tune(long version, Tuning tuning, String reason) {
        return give(
                version,
                reason,
                tx -> Operations.tune(tx, version, tuning, reason),
                row -> row.state() == State.DONE ? DONE : "already has this tuning");
    }

    /**
     * Resets the attempts of a failed migration, or of a failed sealing walk that an after-release migration waits for.
     *
     * @param version the migration
     * @param reason why, not blank
     * @return refused if it hasn't failed
     * @throws MigrationException if the database can't be used
     * @throws IllegalArgumentException for a blank reason
     */
    public Answer retry(long version, String reason) {
        return give(version, reason, tx -> Operations.retry(tx, version, reason), Orders::hasNotFailed);
    }

    /**
     * Resets the attempts of all failed migrations, in one transaction.
     *
     * @param reason why, not blank
     * @return their versions, ascending; negative for a sealing walk
     * @throws MigrationException if the database can't be used
     * @throws IllegalArgumentException for a blank reason
     */
    public List<Long> retryFailed(String reason) {
        requireReason(reason);
        return tables.write(who, tx -> Operations.retryFailed(tx, reason));
    }

    /**
     * Counts a migration as done without running it, so that the migrations after it can continue.
     *
     * @param version the migration
     * @param reason why, not blank
     * @return refused if it is done
     * @throws MigrationException if the database can't be used
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
     * Leaves the rejects of a failed migration as they are, for good. It continues and becomes done without them.
     *
     * @param version the migration
     * @param reason why, not blank
     * @return refused if it hasn't failed, all its rejects are accepted, or it is walked by position
     * @throws MigrationException if the database can't be used
     * @throws IllegalArgumentException for a blank reason
     */
    public Answer acceptRejects(long version, String reason) {
        return give(
                version,
                reason,
                tx -> Operations.acceptRejects(tx, version, reason),
                row -> row.state() == State.FAILED ? "has no rejects left to accept" : hasNotFailed(row));
    }

    /**
     * Ends the back-off of a migration, or the delay before its first attempt: the next attempt starts at once. It doesn't replace
     * an approval.
     *
     * @param version the migration
     * @param reason why, not blank
     * @return refused if it isn't waiting for its next attempt, is paused, or waits for approval
     * @throws MigrationException if the database can't be used
     * @throws IllegalArgumentException for a blank reason
     */
    public Answer runNow(long version, String reason) {
        return give(
                version,
                reason,
                tx -> Operations.runNow(tx, version, reason),
                row -> row.paused() && row.state() != State.DONE
                        ? waitsForApproval(row) ? UNAPPROVED : "is paused; resume it"
                        : "is not waiting for its next attempt; it is " + row.word());
    }

    /**
     * Opens the gate of an after-release migration, whatever else it waits for. If an instance with an older build starts before
     * the migration has begun, it closes the gate again.
     *
     * @param version the migration
     * @param reason why, not blank
     * @param force whether to open it although live instances run a build without the migration
     * @return refused while such instances are live, unless forced; or if the migration has no gate, has begun, or its gate is open
     * @throws MigrationException if the database can't be used
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
            // With force, the gate counts as opened by a mode: instances that are already there aren't checked again.
            return GateRows.open(tx, row, force, reason)
                    ? GIVEN
                    : new Answer(
                            false, named(version) + " was changed by somebody else at the same time; look at it again");
        });
    }

    /** {@return why the gate of a migration can't be opened, null if it can} */
    private static @Nullable String closed(StateTransaction tx, MigrationRow row, boolean force) {
        if (row.phase() != Phase.AFTER_RELEASE) {
            return named(row.version()) + " has no gate: it is not an after-release migration";
        }
        if (row.gate().begun() || row.state() == State.DONE) {
            return named(row.version()) + (row.state() == State.DONE ? " " + DONE : " has already begun");
        }
        if (row.gate().openedAt() != null) {
            return named(row.version()) + " already has an open gate";
        }
        return force ? null : OlderInstances.without(row.version(), InstanceRows.present(tx, InstanceRows.DRAIN));
    }

    /** The reason for a refusal is read in the same transaction. */
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
