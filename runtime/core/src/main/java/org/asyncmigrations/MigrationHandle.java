package org.asyncmigrations;

import java.util.List;

/**
 * One migration of a registry: what its state is, and what an operator may do with it. Each call is one short transaction of
 * its own. Safe for threads.
 */
public interface MigrationHandle {
    /**
     * Its version.
     *
     * @return a positive number
     */
    long version();

    /**
     * Its class.
     *
     * @return the full name
     */
    String name();

    /**
     * Where it stands now; asks the database.
     *
     * @return the state; {@link State#CREATED} also for one that is not registered yet
     * @throws MigrationException when the database cannot be asked
     */
    State state();

    /**
     * Whether it is done. Done is final, so that the database is not asked again after the first yes.
     *
     * @return true once it is done
     * @throws MigrationException when the database cannot be asked
     */
    boolean isDone();

    /**
     * For code that depends on the migration: returns when it is done.
     *
     * @throws MigrationNotDoneException when it is not
     * @throws MigrationException when the database cannot be asked
     */
    void requireDone();

    /**
     * Holds it, and with it all that follow, at the next batch's end; a transaction under way does not commit any more.
     *
     * @return false when it was paused or done already
     * @throws MigrationException when the database cannot be asked
     */
    boolean pause();

    /**
     * Lets it go on.
     *
     * @return false when it was not paused
     * @throws MigrationException when the database cannot be asked
     */
    boolean resume();

    /**
     * Gives a failed one its attempts back: it goes on where it stopped.
     *
     * @return false when it had not failed
     * @throws MigrationException when the database cannot be asked
     */
    boolean retry();

    /**
     * The rows of a {@link BatchMigration} that could not be changed even alone and were set aside. Once the walk is at its end
     * the migration fails with them; {@link #retry()} then takes them alone.
     *
     * @return the rows, the oldest first
     * @throws MigrationException when the database cannot be asked
     */
    List<RejectedRow> rejects();

    /**
     * Counts it as done without its work being done, so that what follows may go on.
     *
     * @param reason why; kept in the event table
     * @return false when it was done already
     * @throws MigrationException when the database cannot be asked
     */
    boolean skip(String reason);
}
