package org.asyncmigrations.operator;

import java.util.List;
import org.asyncmigrations.MigrationException;

/**
 * The orders of one operator. Each is one short transaction with its event, which names the operator and the reason; the
 * instances follow with their next look at the tables. If the state does not allow an order, the {@link Answer} says why.
 * Safe for threads.
 */
public final class Orders {
    Orders() {}

    /**
     * Holds a migration, and with it all that follow, until it is resumed. A transaction under way on it does not commit any more.
     *
     * @param version the migration
     * @param reason why, not blank
     * @return refused for one that is paused or done
     * @throws MigrationException when the database cannot be worked with
     * @throws IllegalArgumentException for a blank reason
     */
    public Answer pause(long version, String reason) {
        throw new UnsupportedOperationException();
    }

    /**
     * Lets a paused migration go on.
     *
     * @param version the migration
     * @param reason why, not blank
     * @return refused for one that is not paused
     * @throws MigrationException when the database cannot be worked with
     * @throws IllegalArgumentException for a blank reason
     */
    public Answer resume(long version, String reason) {
        throw new UnsupportedOperationException();
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
        throw new UnsupportedOperationException();
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
        throw new UnsupportedOperationException();
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
        throw new UnsupportedOperationException();
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
        throw new UnsupportedOperationException();
    }

    /**
     * Ends the back-off of a migration: its next attempt is made at once.
     *
     * @param version the migration
     * @param reason why, not blank
     * @return refused for one that does not wait for its next attempt, or is paused
     * @throws MigrationException when the database cannot be worked with
     * @throws IllegalArgumentException for a blank reason
     */
    public Answer runNow(long version, String reason) {
        throw new UnsupportedOperationException();
    }

    /**
     * Opens the gate of an after-release migration, whatever else it waits for. Without force, the instances look once more before
     * they begin, and close it again if an older one has come meanwhile.
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
        throw new UnsupportedOperationException();
    }
}
