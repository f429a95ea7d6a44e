package org.asyncmigrations;

import java.sql.Connection;
import java.util.List;

/**
 * One migration of a registry: its state, and the orders that an operator can give. Each call is a short transaction of its own,
 * except {@link #trial()}. Thread-safe.
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
     * Its current state. Queries the database.
     *
     * @return the state; {@link State#CREATED} also if it isn't registered yet
     * @throws MigrationException if the database can't be read
     */
    State state();

    /**
     * Whether it is done. Done is final, so the database isn't queried again after the first true.
     *
     * @return true once it is done
     * @throws MigrationException if the database can't be read
     */
    boolean isDone();

    /**
     * Returns if it is done, for code that depends on the migration.
     *
     * @throws MigrationNotDoneException if it isn't done
     * @throws MigrationException if the database can't be read
     */
    void requireDone();

    /**
     * Registers it as {@code created}, in the caller's transaction: for tools that keep their own order of changes. Otherwise
     * {@link MigrationRegistry#dispatch()} does this.
     *
     * @param connection a connection to the database with the state tables; this method neither commits nor closes it. It also uses
     *     one of the registry's own connections
     * @return false if it was already registered
     * @throws MigrationException if the database can't be used
     */
    boolean register(Connection connection);

    /**
     * Stops it and all that follow, at the latest at the end of the current batch. A transaction that is running doesn't commit.
     *
     * @return false if it is paused or done, or waits for {@link #approve}, which also stops it
     * @throws MigrationException if the database can't be used
     */
    boolean pause();

    /**
     * Pauses it with a reason.
     *
     * @param reason why; kept in the events table
     * @return false if it is paused or done, or waits for {@link #approve}, which also stops it
     * @throws MigrationException if the database can't be used
     */
    boolean pause(String reason);

    /**
     * Lets it continue after a pause.
     *
     * @return false if it isn't paused, or waits for {@link #approve}
     * @throws MigrationException if the database can't be used
     */
    boolean resume();

    /**
     * Resumes it with a reason.
     *
     * @param reason why; kept in the events table
     * @return false if it isn't paused, or waits for {@link #approve}
     * @throws MigrationException if the database can't be used
     */
    boolean resume(String reason);

    /**
     * Changes its speed, from its next batch on, in all instances. The tuning survives restarts and deploys.
     *
     * @param tuning the values to change; others stay as they are; {@link Tuning#none()} removes all
     * @param reason why; kept in the events table
     * @return false if it is done, or already has this tuning
     * @throws MigrationException if the database can't be used, or the state tables lack the column for it
     */
    boolean tune(Tuning tuning, String reason);

    /**
     * Lets a migration begin that was declared with {@link Start#ON_APPROVAL}. If it also has {@code startsAfter}, it still waits
     * for that time.
     *
     * @param reason why; kept in the events table
     * @return false if it isn't waiting for approval
     * @throws MigrationException if the database can't be used
     */
    boolean approve(String reason);

    /**
     * Resets the attempts of a failed migration. A {@link BatchMigration} first retries its rejects one by one, except accepted
     * ones, and then continues after its last committed batch. All its verification passes start over, however many it has had. If
     * its key has changed, it starts at the beginning of the table. A {@link DataMigration} starts over.
     *
     * @return false if it hasn't failed
     * @throws MigrationException if the database can't be used
     */
    boolean retry();

    /**
     * Retries it with a reason.
     *
     * @param reason why; kept in the events table
     * @return false if it hasn't failed
     * @throws MigrationException if the database can't be used
     */
    boolean retry(String reason);

    /**
     * Leaves the rejects of a failed {@link BatchMigration} as they are, for good. The migration continues after its last batch and
     * becomes {@code done} without them. They aren't retried, {@code pending()} doesn't count them, and {@link #rejects()} still
     * lists them with the reason. Later rejects count from zero against {@code rejectBudget}, and make the migration fail again.
     * {@link Verified#violations()} is checked as before. Refused if the table is walked by position ({@link BatchKey#byPosition}),
     * because another row may get the position of an accepted one.
     *
     * @param reason why; kept with each of the rows and in the events table
     * @return false if it hasn't failed, or all its rejects are accepted
     * @throws MigrationException if the database can't be used, or the table is walked by position
     */
    boolean acceptRejects(String reason);

    /**
     * The rows of a {@link BatchMigration} that couldn't be changed, even in a batch of their own, and were set aside. At the end
     * of the walk the migration fails because of them. Then {@link #retry()} tries them again, and {@link #acceptRejects} leaves
     * them as they are. For an after-release migration, these are the rejects of the sealing walks that it waits for.
     *
     * @return the rows, the oldest first
     * @throws MigrationException if the database can't be read
     */
    List<RejectedRow> rejects();

    /**
     * What a {@link BatchMigration} is about to do: the table's size, the number of batches, the time, and the database's plan for
     * the queries of each batch. It changes nothing, locks no row, doesn't run {@code migrate}, and is as fast on a large table as
     * on a small one. The time is estimated from the migration's own rate, so it is known only once the migration has begun; before
     * that, use {@link #trial()}.
     *
     * @return the plan
     * @throws MigrationException if the table is large and no index fits its key; if it can't be walked for another reason, which
     *     the message gives; for a {@link DataMigration}, which runs in one piece; if it is done; if the database can't be read
     */
    BackfillPlan plan();

    /**
     * The statements that a {@link SchemaMigration} still has to send, according to the database's catalog. Changes nothing; locks
     * the table as a query does.
     *
     * @return the statements
     * @throws MigrationException for another type of migration; if the change is refused, which the message explains; if the
     *     database can't be asked
     */
    SchemaPlan schemaPlan();

    /**
     * The {@link #plan()} with a measured time: {@code migrate} runs on some batches, which are rolled back, for at most thirty
     * times {@code targetBatchTime}. They lock their rows like any batch, and ask no throttle. A schema change is refused if the
     * database would commit with it (MariaDB, MySQL, H2). What {@code migrate} does outside this database isn't undone. On
     * PostgreSQL, the rolled-back row versions are left to vacuum.
     *
     * @return the plan
     * @throws MigrationException as for {@link #plan()}; if {@code migrate} fails
     */
    BackfillPlan trial();

    /**
     * Counts it as done without running it, so that the migrations after it can continue.
     *
     * @param reason why; kept in the events table
     * @return false if it is already done
     * @throws MigrationException if the database can't be used
     */
    boolean skip(String reason);
}
