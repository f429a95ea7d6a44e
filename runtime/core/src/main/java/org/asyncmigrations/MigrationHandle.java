package org.asyncmigrations;

import java.sql.Connection;
import java.util.List;

/**
 * One migration of a registry: what its state is, and what an operator may do with it. Each call is one short transaction of
 * its own, but for {@link #trial()}. Safe for threads.
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
     * Writes it down as {@code created}, in the caller's transaction: for tools that keep the order of changes themselves. Without
     * that, {@link MigrationRegistry#dispatch()} does so.
     *
     * @param connection where the state tables are; neither committed nor closed here. Beside it, one of the registry's own is
     *     used
     * @return false when it was there already
     * @throws MigrationException when the database cannot be worked with
     */
    boolean register(Connection connection);

    /**
     * Holds it, and with it all that follow, at the next batch's end; a transaction under way does not commit any more.
     *
     * @return false when it was paused or done already, or waits for {@link #approve}, which holds it too
     * @throws MigrationException when the database cannot be asked
     */
    boolean pause();

    /**
     * The same with a reason.
     *
     * @param reason why; kept in the event table
     * @return false when it was paused or done already, or waits for {@link #approve}, which holds it too
     * @throws MigrationException when the database cannot be asked
     */
    boolean pause(String reason);

    /**
     * Lets it go on.
     *
     * @return false when it was not paused, or waits for {@link #approve}
     * @throws MigrationException when the database cannot be asked
     */
    boolean resume();

    /**
     * The same with a reason.
     *
     * @param reason why; kept in the event table
     * @return false when it was not paused, or waits for {@link #approve}
     * @throws MigrationException when the database cannot be asked
     */
    boolean resume(String reason);

    /**
     * Changes how it is worked on, from its next batch on, in all instances, over restarts and deploys.
     *
     * @param tuning what it names changes, and the rest stays; {@link Tuning#none()} takes all back
     * @param reason why; kept in the event table
     * @return false when it was done, or tuned like that already
     * @throws MigrationException when the database cannot be asked, or if the state tables lack the column for it
     */
    boolean tune(Tuning tuning, String reason);

    /**
     * Lets a migration begin that was declared with {@link Start#ON_APPROVAL}. If it {@code startsAfter} a while, it still waits for
     * that.
     *
     * @param reason why; kept in the event table
     * @return false when it did not wait for approval
     * @throws MigrationException when the database cannot be asked
     */
    boolean approve(String reason);

    /**
     * Gives a failed one its attempts back. A {@link BatchMigration} tries alone those of its rejects that are not accepted, and then goes on behind its last
     * batch that has committed; all passes that verify are still before it, however many it has had. One whose key is another
     * one now begins at the table's beginning, as does a {@link DataMigration} with its work.
     *
     * @return false when it had not failed
     * @throws MigrationException when the database cannot be asked
     */
    boolean retry();

    /**
     * The same with a reason.
     *
     * @param reason why; kept in the event table
     * @return false when it had not failed
     * @throws MigrationException when the database cannot be asked
     */
    boolean retry(String reason);

    /**
     * Leaves the rejects of a failed {@link BatchMigration} as they are, for good: the migration goes on behind its last batch, and
     * ends {@code done} without them. Nothing tries them again, {@code pending()} does not count them, and {@link #rejects()} still
     * lists them with the reason. Rows that are rejected later count from zero against {@code rejectBudget}, and fail the migration
     * again. {@link Verified#violations()} is asked as before. Refused if the table is walked by position ({@link
     * BatchKey#byPosition}), because another row may get the position of an accepted one.
     *
     * @param reason why; kept with each of the rows and in the event table
     * @return false when it had not failed, or has no reject that is not accepted yet
     * @throws MigrationException when the database cannot be asked, or if the table is walked by position
     */
    boolean acceptRejects(String reason);

    /**
     * The rows of a {@link BatchMigration} that could not be changed even alone and were set aside. Once the walk is at its end
     * the migration fails with them; {@link #retry()} then takes them alone, and {@link #acceptRejects} leaves them as they are.
     * An after-release migration lists those of the walks that it waits for.
     *
     * @return the rows, the oldest first
     * @throws MigrationException when the database cannot be asked
     */
    List<RejectedRow> rejects();

    /**
     * What a {@link BatchMigration} is about to do: the size of the table, batches, time, and the database's plan of the queries
     * that each batch sends. Changes nothing, locks no row, runs no {@code migrate}, and is as quick on a large table as on
     * a small one. How long the work takes is known from its own rate, and so only once it has begun; before, ask
     * {@link #trial()}.
     *
     * @return the plan
     * @throws MigrationException when the table is large and its key has no index that it can be walked by, or when it cannot be
     *     walked for another reason, which the message says; for a {@link DataMigration}, which runs in one piece; for one that is
     *     done; when the database cannot be asked
     */
    BackfillPlan plan();

    /**
     * The {@link #plan()}, with a time that is measured: some batches are changed by {@code migrate} and rolled back, for thirty
     * times {@code targetBatchTime} at most. They lock their rows as any batch does, and
     * ask no throttle. A change of the schema is refused where the database commits with it (MariaDB, MySQL, H2). What {@code migrate} does outside of this database is done,
     * and on PostgreSQL the versions of rows that are rolled back are left to vacuum.
     *
     * @return the plan
     * @throws MigrationException as for {@link #plan()}; when {@code migrate} fails
     */
    BackfillPlan trial();

    /**
     * Counts it as done without its work being done, so that what follows may go on.
     *
     * @param reason why; kept in the event table
     * @return false when it was done already
     * @throws MigrationException when the database cannot be asked
     */
    boolean skip(String reason);
}
