package org.asyncmigrations;

import java.util.List;

/**
 * Every migration of a build and the work on them; the generated {@code AsyncMigrationRegistry} is one. Safe for threads.
 */
public interface MigrationRegistry extends AutoCloseable {
    /**
     * Sets the work going and returns at once: the caller's thread sends at most one statement. A database that cannot be
     * reached is told by {@link Dispatch#outcome()} and the log, never by an exception here.
     *
     * @return the work
     * @throws BuildTooOldException when an after-release migration has begun there that this build does not know, unless the
     *     builder allows it
     */
    Dispatch dispatch();

    /**
     * The same in a mode of the caller's.
     *
     * @param mode whether after-release migrations run
     * @return the work
     * @throws BuildTooOldException as {@link #dispatch()}
     */
    Dispatch dispatch(Mode mode);

    /**
     * Says that this instance is alive, and looks whether its build is too old, without beginning the work: for an application that
     * serves before it dispatches. The caller's thread looks what the server is, and sends at most one statement; a database that
     * cannot be reached is no exception here.
     *
     * @throws BuildTooOldException as {@link #dispatch()}
     * @throws MigrationException when the database is of a product that is not supported
     */
    default void arrive() {}

    /**
     * Ends the work at a batch's end and begins no other, while the instance stays alive for the gate until {@link #close()}: for an
     * application that is told to end and still serves. Returns at once.
     */
    default void stopWork() {}

    /**
     * The migrations of this build as data; asks no database.
     *
     * @return their entries in the order of versions, those of included registries and the retired ones among them
     */
    List<MigrationEntry> entries();

    /**
     * Where all migrations stand.
     *
     * @return a reading of the state tables
     * @throws MigrationException when the database cannot be asked
     */
    DispatchStatus status();

    /**
     * One migration, by its version.
     *
     * @param version a version of this build
     * @return its handle
     * @throws IllegalArgumentException for a version that this build does not have
     */
    MigrationHandle migration(long version);

    /**
     * Ends the work at a batch's end and gives the claims back; the next instance goes on there. A second call waits for the first
     * to finish. It never throws: what goes wrong is logged.
     *
     * <p>Called by a listener or by a migration, it returns at once, and the work ends when their step has ended. Called while a
     * listener on another thread waits for it, it returns after three seconds, with the same effect.
     */
    @Override
    void close();
}
