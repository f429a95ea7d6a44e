package org.asyncmigrations.dispatch;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.batch.Brake.LastBatch;
import org.asyncmigrations.product.Limits;
import org.asyncmigrations.session.Session;
import org.asyncmigrations.session.UserWork;
import org.asyncmigrations.state.StateStore;
import org.asyncmigrations.throttle.ThrottleRun;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/**
 * One question to one throttle. If the throttle reads from the database, the question has a transaction of its own. Used by one
 * thread.
 */
final class ThrottleQuestion implements ThrottleRun, AutoCloseable {
    /** Throttles are asked before each batch, so a query mustn't take longer than people wait for a page. */
    private static final Limits READING = new Limits(
            Duration.ofSeconds(1),
            Duration.ofSeconds(3),
            Duration.ofSeconds(30),
            Duration.ZERO,
            "async-migrations",
            false,
            true);

    private final StateStore store;
    private final Session session;
    private final MigrationEntry entry;
    private final LastBatch last;
    private @Nullable UserWork reading;
    private boolean begun;

    ThrottleQuestion(StateStore store, Session session, MigrationEntry entry, LastBatch last) {
        this.store = store;
        this.session = session;
        this.entry = entry;
        this.last = last;
    }

    @Override
    public MigrationEntry migration() {
        return entry;
    }

    @Override
    public DSLContext dsl() {
        return reading().dsl();
    }

    @Override
    public Instant now() {
        UserWork open = reading();
        assert open == reading;
        return store.within(session).readClock();
    }

    private UserWork reading() {
        if (reading == null) {
            try {
                begun = true;
                session.begin(READING);
                reading = session.userWork(READING);
            } catch (SQLException failure) {
                throw new DataAccessException("the database cannot be asked", failure);
            }
        }
        return reading;
    }

    @Override
    public Duration lastBatch() {
        return last.took();
    }

    @Override
    public Duration rested() {
        return last.rested();
    }

    @Override
    public void close() {
        if (reading != null) {
            reading.close();
        }
        if (begun) {
            session.rollback();
        }
    }
}
