package org.asyncmigrations.throttle;

import java.time.Duration;
import java.time.Instant;
import org.asyncmigrations.MigrationEntry;
import org.jooq.DSLContext;

/** The question to a {@link Throttle}, and what it may use to answer. Used by one thread, for one question. */
public interface ThrottleRun {
    /**
     * The migration that wants to go on.
     *
     * @return its entry in the build
     */
    MigrationEntry migration();

    /**
     * Access to the migrations' database, for reading: in its own transaction, which is rolled back, with a few seconds for each
     * statement.
     *
     * @return the context
     * @throws org.jooq.exception.DataAccessException if the database can't be reached
     */
    DSLContext dsl();

    /**
     * The time by the database's clock, which is the same for all instances.
     *
     * @return the current time
     * @throws org.jooq.exception.DataAccessException if the database can't be reached
     */
    Instant now();

    /**
     * How long this worker's last batch took, in any range or migration. Keys that were only searched for pending rows count as a
     * batch too.
     *
     * @return from BEGIN to the end of COMMIT; zero before its first one
     */
    Duration lastBatch();

    /**
     * How long this worker has paused since its last batch.
     *
     * @return the time since its last batch; zero before its first one
     */
    Duration rested();
}
