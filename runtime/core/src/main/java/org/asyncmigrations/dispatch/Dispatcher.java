package org.asyncmigrations.dispatch;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.asyncmigrations.BuildTooOldException;
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
import org.asyncmigrations.batch.Stop;
import org.asyncmigrations.product.Masked;
import org.asyncmigrations.product.Trouble;
import org.asyncmigrations.release.Heartbeat;
import org.asyncmigrations.session.Connections;
import org.asyncmigrations.state.Failures;
import org.asyncmigrations.state.StateStore;
import org.asyncmigrations.state.StatusReasons;
import org.asyncmigrations.state.StatusRows;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Does the work of every generated registry. Thread-safe. */
public final class Dispatcher implements MigrationRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private static final String LEFT_FOR_LATER = "after-release migrations are left for later, because of MODE=before";

    private final Settings settings;
    private final MigrationSet contents;
    private final Connections connections;
    private final Progress progress;
    private final Worker worker;
    private final Steps work;
    private final Map<Long, MigrationHandle> handles = new ConcurrentHashMap<>();
    private final Heartbeat heartbeat;
    private final Closing closing;
    private final Instance instance;
    private boolean dispatched;

    Dispatcher(Settings settings, MigrationSet contents, Connections connections) {
        this.settings = settings;
        this.contents = contents;
        this.connections = connections;
        this.progress = new Progress(
                new Stop(),
                settings.mode(),
                new Activity(name(contents, connections), settings.output(), settings::nanoTime),
                connections::longestWait);
        this.closing = new Closing(this::end, settings::nanoTime);
        this.worker = worker(settings);
        Workers pool = worker instanceof PoolWorker pooled ? pooled.pool() : Workers.own(0);
        this.instance = new Instance(settings, contents, connections, progress, closing, pool.rounds());
        this.work = new Steps(instance, worker, this::startBeating);
        this.heartbeat = new Heartbeat(
                () -> instance.context().presence(), new Beating(), pool.heartbeats(), settings.beatenByHand());
        worker.attach(work);
    }

    /**
     * With no threads, there is no work, so no engine is asked for any. A worker of this process observes the work of other
     * instances.
     */
    private static Worker worker(Settings settings) {
        Worker given = settings.worker();
        boolean isOurs = given == null || settings.threads() == 0 && !(given instanceof PoolWorker);
        return isOurs ? Workers.own(settings.threads()).worker() : given;
    }

    private final class Beating implements Heartbeat.Instance {
        @Override
        public Object source() {
            return connections.source();
        }

        @Override
        public boolean isIdle() {
            return work.isIdle();
        }

        @Override
        public long nanoTime() {
            return settings.nanoTime();
        }

        @Override
        public void tellSilence(String why) {
            instance.context().tellSilence(why);
        }

        @Override
        public void renew() {
            work.renew();
        }
    }

    private void startBeating() {
        heartbeat.start();
    }

    /** {@return the name of this registry in log lines: the application, or the registry's package} */
    private String name(MigrationSet contents, Connections connections) {
        String application = settings.who().application();
        String chosen = connections.stateSchema();
        return (application.isEmpty() ? contents.name() : application) + (chosen == null ? "" : " [" + chosen + "]");
    }

    @Override
    public Dispatch dispatch() {
        return dispatch(settings.mode());
    }

    @Override
    public synchronized Dispatch dispatch(Mode mode) {
        if (progress.isStopped()) {
            throw new IllegalStateException("a closed registry cannot dispatch; build a new one");
        }
        SteadyState.Answer answer = ask(mode);
        requireNewEnough(answer);
        SteadyState.Finding finding = answer.finding();
        progress.begin(mode);
        heartbeat.start();
        if (finding == SteadyState.Finding.WORK) {
            dispatched = true;
            work.start();
        } else if (finding == SteadyState.Finding.HELD) {
            progress.leftForLater(progress.dispatch(), LEFT_FOR_LATER);
        } else {
            progress.settled(progress.dispatch(), Dispatch.Outcome.DONE, "all migrations are done");
        }
        return progress;
    }

    @Override
    public synchronized void arrive() {
        if (!progress.isStopped()) {
            requireSupported();
            requireNewEnough(ask(settings.mode()));
            heartbeat.start();
        }
    }

    private void requireSupported() {
        try {
            connections.server();
        } catch (SQLException unreachable) {
            LOG.debug("the database cannot be reached; trying again in the background: {}", unreachable.toString());
        }
    }

    @Override
    public void stopWork() {
        work.stop();
    }

    /**
     * Reports a build that is too old in the background, where there is time, and throws on the caller's thread, which must not
     * continue.
     */
    private void requireNewEnough(SteadyState.Answer answer) {
        if (answer.tooNew() == 0 || settings.gating().allowTooOld()) {
            return;
        }
        BuildTooOldException tooOld = new BuildTooOldException(answer.tooNew(), "");
        Thread thread = new Thread(() -> report(tooOld), "async-migrations-too-old");
        thread.setDaemon(true);
        thread.start();
        throw tooOld;
    }

    private void report(BuildTooOldException tooOld) {
        try {
            instance.context().presence().tooOld(tooOld);
        } catch (SQLException | RuntimeException failure) {
            LOG.debug("could not record that this build is too old", failure);
        }
    }

    /** Asks on the caller's thread. What can't be asked there is asked again in the background. */
    private SteadyState.Answer ask(Mode mode) {
        try {
            return instance.steadyState().ask(contents.entries(), mode);
        } catch (SQLException | RuntimeException failure) {
            if (!Trouble.isMissingTable(failure)) {
                progress.activity()
                        .say(
                                Level.WARN,
                                "the state of the migrations could not be read; trying again in the background: "
                                        + Failures.cause(failure),
                                Trouble.sqlException(failure) == null ? failure : null);
            }
            return new SteadyState.Answer(SteadyState.Finding.WORK, 0);
        }
    }

    /**
     * The work, for a job engine. Also makes this instance {@linkplain #arrive() arrive}.
     *
     * @return the work, always the same object
     * @throws BuildTooOldException like {@link #arrive()}
     */
    public Work work() {
        arrive();
        return work;
    }

    /** Sends a heartbeat at once, for tests that don't wait for one. */
    void beat() {
        heartbeat.beat();
    }

    /** An operator has changed something through a handle, so the workers look again. */
    private synchronized void changed() {
        progress.changed();
        if (dispatched && !progress.isStopped()) {
            work.start();
        }
    }

    @Override
    public List<MigrationEntry> entries() {
        return contents.entries();
    }

    @Override
    public DispatchStatus status() {
        return new DispatchStatus(merge(read()));
    }

    private List<MigrationStatus> read() {
        StateStore store = instance.engine().store();
        try {
            return store.transaction(StatusRows::all);
        } catch (SQLException | DataAccessException failure) {
            SQLException cause = Trouble.sqlException(failure);
            if (cause != null && Trouble.isMissingTable(cause)) {
                return List.of();
            }
            throw new MigrationException(0, "the state tables cannot be read: " + Trouble.words(failure), failure);
        }
    }

    /** The table's migrations, and those of this build that have no row yet. */
    private List<MigrationStatus> merge(List<MigrationStatus> rows) {
        Map<Long, MigrationStatus> all = new TreeMap<>();
        for (MigrationEntry entry : contents.entries()) {
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
        return StatusReasons.inOrder(
                all.values().stream()
                        .map(status -> behindSchema(withReason(status)))
                        .toList(),
                version -> contents.entry(version) != null);
    }

    /**
     * Adds what the schema's history says to migrations that require something of it and haven't begun. These are few, so the query
     * is rare.
     */
    private MigrationStatus behindSchema(MigrationStatus status) {
        MigrationEntry entry = contents.entry(status.version());
        boolean waits = status.state() == State.CREATED || status.state() == State.PENDING;
        if (entry == null || entry.requiresSchema().isEmpty() || !waits) {
            return status;
        }
        try {
            String reason = instance.engine().schema().waitsFor(entry);
            return reason == null ? status : status.waitingFor(reason);
        } catch (SQLException | DataAccessException failure) {
            return status.waitingFor("the schema's history cannot be read: " + Trouble.words(failure));
        }
    }

    /** Adds that this instance leaves a migration for later. What holds it in other instances is in its row. */
    private MigrationStatus withReason(MigrationStatus status) {
        boolean later = status.phase() == Phase.AFTER_RELEASE
                && status.state() == State.CREATED
                && progress.mode() == Mode.BEFORE;
        return later ? status.waitingFor(Order.LEFT_FOR_LATER) : status;
    }

    @Override
    public MigrationHandle migration(long version) {
        MigrationHandle handle = handles.get(version);
        return handle == null ? handles.computeIfAbsent(version, this::handle) : handle;
    }

    private MigrationHandle handle(long version) {
        MigrationEntry entry = contents.entry(version);
        if (entry == null) {
            throw new IllegalArgumentException("migration " + MigrationEntry.written(version)
                    + " is not in this build; it has "
                    + contents.entries().stream()
                            .map(known -> MigrationEntry.written(known.version()))
                            .toList());
        }
        Engine made = instance.engine();
        return new Handle(entry, made.plans(), made.registration(), this::changed);
    }

    @Override
    public void close() {
        stopWork();
        if (instance.engineIfMade() == null) {
            // Without work, the instance doesn't need to count as alive.
            heartbeat.stop();
        }
        closing.close();
    }

    /**
     * Does the rest of a close. If the worker can't be closed, it finds nothing left to do, and it must not keep the instance
     * alive.
     */
    private void end() {
        Engine working = instance.engineIfMade();
        if (working != null) {
            working.attempts().cancelAfter(Attempts.PATIENCE);
        }
        try {
            worker.close();
        } catch (Throwable failure) {
            LOG.error("the worker of the async migrations could not be closed", Masked.failure(failure));
        }
        closing.awaitSteps();
        // Read again, since the first step may have created it in the meantime.
        Engine made = instance.engineIfMade();
        if (made != null) {
            made.renewal().end();
        }
        heartbeat.end();
        progress.settled(
                progress.dispatch(),
                Dispatch.Outcome.CLOSED,
                "the registry was closed; the next instance continues from there");
        try {
            settings.listener().onClosed();
        } catch (Throwable failure) {
            LOG.warn("the listener failed in onClosed()", failure);
        }
    }
}
