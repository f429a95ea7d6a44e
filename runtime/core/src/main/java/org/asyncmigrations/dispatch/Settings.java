package org.asyncmigrations.dispatch;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.asyncmigrations.Mode;
import org.asyncmigrations.batch.WalkSettings;
import org.asyncmigrations.release.GateKeeper;
import org.asyncmigrations.release.SchemaHistory;
import org.asyncmigrations.throttle.Throttle;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a registry. Immutable and thread-safe.
 *
 * @param mode whether after-release migrations run, unless a dispatch says otherwise
 * @param threads the number of workers of this instance
 * @param maxWorkers how many workers of all instances may work on one batch migration, unless an operator tunes it
 * @param times how long things may take
 * @param maxAttempts how many attempts may fail before the migration fails
 * @param rejectBudget how many rows of a migration may be set aside
 * @param who the names of this instance, for people
 * @param gating when after-release migrations may begin
 * @param throttles are asked before each batch, and must all agree
 * @param listener receives each event
 * @param newDatabase whether a database without migrations counts as created with the newest schema
 * @param output what is reported to people
 * @param schemaTables where Flyway and Liquibase keep the schema's history
 * @param worker what calls {@code step()}, null for threads of this process
 * @param concurrentMigrations how many independent migrations run at once in the cluster
 * @param beatenByHand whether a test sends the heartbeats instead of a thread
 * @param clockShift how far this instance's clock is ahead of the database's; zero except in tests
 */
record Settings(
        Mode mode,
        int threads,
        int maxWorkers,
        Times times,
        int maxAttempts,
        int rejectBudget,
        Who who,
        Gating gating,
        List<Throttle> throttles,
        Listeners listener,
        boolean newDatabase,
        Output output,
        SchemaHistory.Tables schemaTables,
        @Nullable Worker worker,
        int concurrentMigrations,
        boolean beatenByHand,
        Supplier<Duration> clockShift) {
    /**
     * How long things may take.
     *
     * @param targetBatch a batch's transaction
     * @param lock a statement's wait for a lock
     * @param statement a statement of a migration in one piece
     * @param claim a claim without renewal
     * @param poll the wait before a worker with nothing to do asks again
     * @param giveWay the wait before an attempt is repeated that failed because of the database alone
     */
    record Times(
            Duration targetBatch, Duration lock, Duration statement, Duration claim, Duration poll, Duration giveWay) {}

    /**
     * The names of this instance.
     *
     * @param application the application
     * @param release its release
     * @param formerly names that the application had before
     */
    record Who(String application, String release, Set<String> formerly) {}

    /**
     * What is reported to people.
     *
     * @param verbose whether each batch is logged at the level INFO
     * @param quiet whether the log is kept free of what happens to migrations, for a test kit that makes them fail
     * @param progress where lines and a bar are printed, null for nowhere
     */
    record Output(boolean verbose, boolean quiet, @Nullable PrintStream progress) {}

    /**
     * When after-release migrations may begin.
     *
     * @param terms the conditions for opening the gate
     * @param allowTooOld whether a build may run that is too old for its database
     */
    record Gating(GateKeeper.Terms terms, boolean allowTooOld) {}

    /** {@return the process's nanosecond clock, shifted in tests} */
    long nanoTime() {
        return System.nanoTime() + clockShift.get().toNanos();
    }

    WalkSettings walk() {
        return new WalkSettings(
                times.targetBatch(),
                times.lock(),
                times.claim(),
                times.giveWay().multipliedBy(5),
                maxAttempts,
                rejectBudget,
                output.verbose());
    }
}
