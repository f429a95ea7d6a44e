package org.asyncmigrations.dispatch;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.asyncmigrations.BackfillPlan;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.MigrationHandle;
import org.asyncmigrations.MigrationNotDoneException;
import org.asyncmigrations.RejectedRow;
import org.asyncmigrations.SchemaPlan;
import org.asyncmigrations.State;
import org.asyncmigrations.Tuning;
import org.asyncmigrations.product.Trouble;
import org.asyncmigrations.state.MigrationRow;
import org.asyncmigrations.state.MigrationRows;
import org.asyncmigrations.state.Operations;
import org.asyncmigrations.state.RejectRows;
import org.asyncmigrations.state.StateStore;
import org.asyncmigrations.state.StateTransaction;
import org.jooq.exception.DataAccessException;

/** A migration's handle, which uses the state tables. Thread-safe. */
final class Handle implements MigrationHandle {
    private final MigrationEntry entry;
    private final StateStore store;
    private final Plans plans;
    private final Registration registration;
    private final Runnable changed;
    private volatile boolean done;

    /** @param changed runs after an operator has changed something */
    Handle(MigrationEntry entry, Plans plans, Registration registration, Runnable changed) {
        this.entry = entry;
        this.store = registration.store();
        this.plans = plans;
        this.registration = registration;
        this.changed = changed;
    }

    @Override
    public long version() {
        return entry.version();
    }

    @Override
    public String name() {
        return entry.name();
    }

    @Override
    public State state() {
        try {
            MigrationRow row = store.transaction(tx -> MigrationRows.find(tx, entry.version()));
            return row == null ? State.CREATED : Objects.requireNonNullElse(row.state(), State.CREATED);
        } catch (SQLException | DataAccessException failure) {
            if (Trouble.isMissingTable(failure)) {
                return State.CREATED; // Before the first dispatch, the table doesn't exist.
            }
            throw unreachable(failure);
        }
    }

    @Override
    public boolean isDone() {
        if (!done) {
            done = state() == State.DONE;
        }
        return done;
    }

    @Override
    public void requireDone() {
        if (!isDone()) {
            throw new MigrationNotDoneException(entry.version(), entry.simpleName(), state());
        }
    }

    @Override
    public boolean register(Connection connection) {
        try {
            return registration.register(entry, connection);
        } catch (SQLException | DataAccessException failure) {
            throw unreachable(failure);
        }
    }

    @Override
    public boolean pause() {
        return change(tx -> Operations.pause(tx, entry.version(), null));
    }

    @Override
    public boolean pause(String reason) {
        requireReason(reason, entry + " must not be paused");
        return change(tx -> Operations.pause(tx, entry.version(), reason));
    }

    @Override
    public boolean resume() {
        return change(tx -> Operations.resume(tx, entry.version(), null));
    }

    @Override
    public boolean resume(String reason) {
        requireReason(reason, entry + " must not be resumed");
        return change(tx -> Operations.resume(tx, entry.version(), reason));
    }

    @Override
    public boolean tune(Tuning tuning, String reason) {
        requireReason(reason, entry + " must not be tuned");
        return change(tx -> Operations.tune(tx, entry.version(), tuning, reason));
    }

    @Override
    public boolean approve(String reason) {
        requireReason(reason, entry + " must not be approved");
        return change(tx -> Operations.approve(tx, entry.version(), reason));
    }

    @Override
    public boolean retry() {
        return change(tx -> Operations.retry(tx, entry.version(), null));
    }

    @Override
    public boolean retry(String reason) {
        requireReason(reason, entry + " must not be retried");
        return change(tx -> Operations.retry(tx, entry.version(), reason));
    }

    @Override
    public boolean acceptRejects(String reason) {
        requireReason(reason, "the rejects of " + entry + " must not be accepted");
        return change(tx -> Operations.acceptRejects(tx, entry.version(), reason));
    }

    private static void requireReason(String reason, String refusal) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException(refusal + " without a reason; say why, for the audit");
        }
    }

    @Override
    public List<RejectedRow> rejects() {
        try {
            return store.transaction(tx -> RejectRows.with(tx, entry.version()));
        } catch (SQLException | DataAccessException failure) {
            if (Trouble.isMissingTable(failure)) {
                return List.of();
            }
            throw unreachable(failure);
        }
    }

    @Override
    public BackfillPlan plan() {
        return plans.plan(entry);
    }

    @Override
    public SchemaPlan schemaPlan() {
        return plans.schemaPlan(entry);
    }

    @Override
    public BackfillPlan trial() {
        return plans.trial(entry);
    }

    @Override
    public boolean skip(String reason) {
        requireReason(reason, entry + " must not be skipped");
        return change(tx -> Operations.skip(tx, entry.version(), reason));
    }

    private boolean change(Predicate<StateTransaction> verb) {
        try {
            boolean held = store.transaction(tx -> verb.test(tx));
            if (held) {
                changed.run();
            }
            return held;
        } catch (SQLException | DataAccessException failure) {
            throw unreachable(failure);
        }
    }

    private MigrationException unreachable(Exception failure) {
        String why = Trouble.isMissingTable(failure)
                ? "this database has none yet; dispatch() creates them"
                : Trouble.words(failure);
        return new MigrationException(entry.version(), entry + ": the state tables cannot be used: " + why, failure);
    }

    @Override
    public String toString() {
        return entry.toString();
    }
}
