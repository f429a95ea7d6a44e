package org.asyncmigrations;

import java.util.List;

/** All migrations of a build, and the work on them. The generated {@code AsyncMigrationRegistry} implements it. Thread-safe. */
public interface MigrationRegistry extends AutoCloseable {
    /**
     * Starts the work and returns at once: the caller's thread sends at most one statement. If the database can't be reached,
     * {@link Dispatch#outcome()} and the log say so; no exception is thrown.
     *
     * @return the work
     * @throws BuildTooOldException if an after-release migration that this build doesn't contain has begun there, unless the
     *     builder allows it
     */
    Dispatch dispatch();

    /**
     * Starts the work in the given mode.
     *
     * @param mode whether after-release migrations run
     * @return the work
     * @throws BuildTooOldException as {@link #dispatch()}
     */
    Dispatch dispatch(Mode mode);

    /**
     * Registers this instance as live and checks whether its build is too old, without starting the work: for an application that
     * serves requests before it dispatches. The caller's thread detects the database product and sends at most one statement. If
     * the database can't be reached, no exception is thrown.
     *
     * @throws BuildTooOldException as {@link #dispatch()}
     * @throws MigrationException if the database product isn't supported
     */
    default void arrive() {}

    /**
     * Stops the work at the end of the current batch. The instance stays live for the gate until {@link #close()}: for an
     * application that is shutting down and still serves requests. Returns at once.
     */
    default void stopWork() {}

    /**
     * The migrations of this build as data. Doesn't query the database.
     *
     * @return their entries in the order of versions, including those of included registries and the retired ones
     */
    List<MigrationEntry> entries();

    /**
     * The status of all migrations.
     *
     * @return the contents of the state tables
     * @throws MigrationException if the database can't be read
     */
    DispatchStatus status();

    /**
     * One migration, by its version.
     *
     * @param version a version of this build
     * @return its handle
     * @throws IllegalArgumentException if this build has no such version
     */
    MigrationHandle migration(long version);

    /**
     * Stops the work at the end of the current batch and gives the claims back; the next instance continues from there. A second
     * call waits for the first to finish. It never throws: problems are logged.
     *
     * <p>If a listener or a migration calls it, it returns at once, and the work ends when their step has ended. If a listener on
     * another thread waits for this call, it returns after three seconds, with the same effect.
     */
    @Override
    void close();
}
