package org.asyncmigrations.throttle;

import java.time.Duration;
import java.time.Instant;
import org.asyncmigrations.MigrationEntry;
import org.jooq.DSLContext;

/** What a {@link Throttle} is asked for, and what it may look at. Used by one thread, during one question. */
public interface ThrottleRun {
    /**
     * The migration that would go on.
     *
     * @return what the build says of it
     */
    MigrationEntry migration();

    /**
     * A way to the database of the migrations, for reading: in a transaction of its own, which is rolled back, with a few seconds
     * for each statement.
     *
     * @return the context
     * @throws org.jooq.exception.DataAccessException when the database cannot be reached
     */
    DSLContext dsl();

    /**
     * The time by the database's clock, which is the same for all instances.
     *
     * @return the time now
     * @throws org.jooq.exception.DataAccessException when the database cannot be reached
     */
    Instant now();

    /**
     * How long the last batch of this worker took, of whatever range or migration; keys that are only looked over are a batch too.
     *
     * @return from BEGIN to the end of COMMIT; zero before its first one
     */
    Duration lastBatch();

    /**
     * How long this worker has rested since.
     *
     * @return the time since its last batch; zero before its first one
     */
    Duration rested();
}
