package org.asyncmigrations.throttle;

import java.time.Duration;
import java.time.Instant;
import org.asyncmigrations.By;
import org.asyncmigrations.MigrationEntry;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * A question to a throttle, with everything that a worker would supply.
 *
 * @param dsl access to the database
 * @param now the time
 * @param lastBatch how long the last batch took
 * @param rested the time since
 */
record AskedRun(DSLContext dsl, Instant now, Duration lastBatch, Duration rested) implements ThrottleRun {
    private static final MigrationEntry ENTRY = MigrationEntry.async(1, "a.One", By.TRANSACTION, "f");

    static AskedRun after(Duration lastBatch, Duration rested) {
        return new AskedRun(DSL.using(SQLDialect.H2), Instant.EPOCH, lastBatch, rested);
    }

    static AskedRun of(DSLContext dsl) {
        return new AskedRun(dsl, Instant.EPOCH, Duration.ZERO, Duration.ZERO);
    }

    @Override
    public MigrationEntry migration() {
        return ENTRY;
    }
}
