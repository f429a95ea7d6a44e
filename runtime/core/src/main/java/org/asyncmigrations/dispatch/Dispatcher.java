package org.asyncmigrations.dispatch;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.DispatchStatus;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.MigrationHandle;
import org.asyncmigrations.MigrationRegistry;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.Mode;
import org.asyncmigrations.Phase;
import org.asyncmigrations.State;
import org.asyncmigrations.batch.StopSignal;
import org.asyncmigrations.database.Database;
import org.asyncmigrations.database.Trouble;
import org.asyncmigrations.state.StateStore;
import org.asyncmigrations.state.StatusRows;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What every generated registry hands its calls on to. Safe for threads. */
public final class Dispatcher implements MigrationRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final Settings settings;
    private final Engine engine;
    private final Map<Long, MigrationHandle> handles = new TreeMap<>();
    private boolean dispatched;

    Dispatcher(Settings settings, Engine engine) {
        this.settings = settings;
        this.engine = engine;
        for (MigrationEntry entry : engine.entries()) {
            handles.put(entry.version(), new Handle(entry, engine.store(), engine.plans(), this::changed));
        }
    }

    @Override
    public Dispatch dispatch() {
        return dispatch(settings.mode());
    }

    @Override
    public synchronized Dispatch dispatch(Mode mode) {
        if (engine.stop().isStopped()) {
            throw new IllegalStateException("a registry that is closed may not dispatch; build another");
        }
        SteadyState.Finding finding = ask(mode);
        engine.stepper().runIn(mode);
        Progress progress = engine.progress();
        progress.begin();
        switch (finding) {
            case DONE -> progress.settled(progress.dispatch(), Dispatch.Outcome.DONE, "all migrations are done");
            case HELD -> progress.settled(progress.dispatch(), Dispatch.Outcome.HELD, Order.WAITS_FOR_RELEASE);
            case WORK -> {
                dispatched = true;
                work();
            }
        }
        return progress;
    }

    /** Asks on the caller's thread; what cannot be asked there is dealt with in the background. */
    private SteadyState.Finding ask(Mode mode) {
        try {
            return engine.steadyState().ask(engine.entries(), mode);
        } catch (SQLException failure) {
            if (!Database.isMissingTable(failure)) {
                LOG.warn("the state of the async migrations could not be read; tried again in the background", failure);
            }
            return SteadyState.Finding.WORK;
        } catch (RuntimeException failure) {
            LOG.warn("the state of the async migrations could not be read; tried again in the background", failure);
            return SteadyState.Finding.WORK;
        }
    }

    private void work() {
        engine.maintenance().start();
        engine.worker().start(engine.stepper());
    }

    /** An operator has changed something through a handle: the workers look again. */
    private synchronized void changed() {
        engine.progress().changed();
        if (dispatched && !engine.stop().isStopped()) {
            work();
        }
    }

    @Override
    public DispatchStatus status() {
        return new DispatchStatus(merge(read()));
    }

    private List<MigrationStatus> read() {
        StateStore store = engine.store();
        try {
            return store.transaction(StatusRows::all);
        } catch (SQLException | DataAccessException failure) {
            SQLException cause = Trouble.sqlException(failure);
            if (cause != null && Database.isMissingTable(cause)) {
                return List.of();
            }
            throw new MigrationException(0, "the state tables cannot be read: " + failure.getMessage(), failure);
        }
    }

    /** The table's migrations, and those of this build that it does not know yet. */
    private List<MigrationStatus> merge(List<MigrationStatus> rows) {
        Map<Long, MigrationStatus> all = new TreeMap<>();
        for (MigrationEntry entry : engine.entries()) {
            MigrationStatus.Progress none = new MigrationStatus.Progress(0, 0, 0, null, null);
            all.put(
                    entry.version(),
                    new MigrationStatus(
                            entry.version(),
                            entry.name(),
                            entry.phase(),
                            State.CREATED,
                            false,
                            0,
                            none,
                            null,
                            "not registered"));
        }
        rows.forEach(row -> all.put(row.version(), row));
        return new ArrayList<>(all.values().stream().map(this::withReason).toList());
    }

    private MigrationStatus withReason(MigrationStatus status) {
        boolean waits = status.phase() == Phase.AFTER_RELEASE && status.state() == State.CREATED;
        if (!waits || engine.stepper().mode() == Mode.AFTER) {
            return status;
        }
        return new MigrationStatus(
                status.version(),
                status.name(),
                status.phase(),
                status.state(),
                status.paused(),
                status.attempts(),
                status.progress(),
                status.error(),
                Order.WAITS_FOR_RELEASE);
    }

    @Override
    public MigrationHandle migration(long version) {
        MigrationHandle handle = handles.get(version);
        if (handle == null) {
            throw new IllegalArgumentException("migration " + MigrationEntry.written(version)
                    + " is not in this build; it has "
                    + handles.keySet().stream().map(MigrationEntry::written).toList());
        }
        return handle;
    }

    @Override
    public void close() {
        StopSignal stop = engine.stop();
        if (stop.isStopped()) {
            return;
        }
        stop.stop();
        engine.progress().changed();
        engine.attempts().cancelAfter(Attempts.PATIENCE);
        engine.worker().close();
        engine.maintenance().end();
        engine.progress()
                .settled(
                        engine.progress().dispatch(),
                        Dispatch.Outcome.CLOSED,
                        "the registry was closed; the next instance goes on there");
    }
}
