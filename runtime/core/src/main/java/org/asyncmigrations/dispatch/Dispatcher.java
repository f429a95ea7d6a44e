package org.asyncmigrations.dispatch;

import java.sql.SQLException;
import java.time.Duration;
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
import org.asyncmigrations.dispatch.Step.Kind;
import org.asyncmigrations.product.Masked;
import org.asyncmigrations.product.Trouble;
import org.asyncmigrations.release.Heartbeat;
import org.asyncmigrations.session.Connections;
import org.asyncmigrations.state.Failures;
import org.asyncmigrations.state.InstanceRows;
import org.asyncmigrations.state.StateStore;
import org.asyncmigrations.state.StatusReasons;
import org.asyncmigrations.state.StatusRows;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** What every generated registry hands its calls on to. Safe for threads. */
public final class Dispatcher implements MigrationRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private static final String LEFT_FOR_LATER = "after-release migrations are left for later, as MODE=before says";

    private final Settings settings;
    private final Contents contents;
    private final Connections connections;
    private final SteadyState steadyState;
    private final Progress progress;
    private final Worker worker;
    private final Work work = new Steps();
    private final Map<Long, MigrationHandle> handles = new ConcurrentHashMap<>();
    private final Object making = new Object();
    private final Heartbeat heartbeat;
    private final Closing closing = new Closing(this::end);
    private volatile @Nullable Ground ground;
    private volatile @Nullable Engine engine;
    private volatile long starts;
    private volatile long finished;
    private boolean dispatched;

    Dispatcher(Settings settings, Contents contents, Connections connections) {
        this.settings = settings;
        this.contents = contents;
        this.connections = connections;
        this.steadyState = new SteadyState(connections, schema(contents, connections), contents.prefix());
        this.progress = new Progress(
                new Stop(),
                settings.mode(),
                new Activity(name(contents, connections), settings.output(), settings::nanoTime),
                connections::longestWait);
        Worker given = settings.worker();
        this.worker = given == null || settings.threads() == 0 ? new EmbeddedWorker() : given;
        this.heartbeat = new Heartbeat(
                () -> ground().presence(),
                why -> ground().tellSilence(why),
                this::renew,
                settings::nanoTime,
                settings.beatenByHand());
        worker.attach(work);
    }

    /** {@return what tells this registry's lines from those of others: the application, or the package of the registry} */
    private String name(Contents contents, Connections connections) {
        String application = settings.who().application();
        String chosen = connections.stateSchema();
        return (application.isEmpty() ? contents.name() : application) + (chosen == null ? "" : " [" + chosen + "]");
    }

    /** {@return the schema that is named for the state tables, empty for the connections' own} */
    private static String schema(Contents contents, Connections connections) {
        String chosen = connections.stateSchema();
        return chosen == null ? contents.schema() : chosen;
    }

    /** Made in the background: the host's name may be a question to the network. */
    private Ground ground() {
        Ground made = ground;
        if (made == null) {
            synchronized (making) {
                made = ground;
                if (made == null) {
                    made = Ground.of(settings, contents, connections, new Ground.Ears(closing, progress.activity()));
                    ground = made;
                }
            }
        }
        return made;
    }

    /** Made when there is work, or somebody asks: a start that finds all done has no use for it. */
    private Engine engine() {
        Engine made = engine;
        if (made == null) {
            synchronized (making) {
                made = engine;
                if (made == null) {
                    made = Engine.of(settings, contents, ground(), progress);
                    engine = made;
                }
            }
        }
        return made;
    }

    @Override
    public Dispatch dispatch() {
        return dispatch(settings.mode());
    }

    @Override
    public synchronized Dispatch dispatch(Mode mode) {
        if (progress.isStopped()) {
            throw new IllegalStateException("a registry that is closed may not dispatch; build another");
        }
        SteadyState.Answer answer = ask(mode);
        requireNewEnough(answer);
        SteadyState.Finding finding = answer.finding();
        progress.begin(mode);
        heartbeat.start();
        if (finding == SteadyState.Finding.WORK) {
            dispatched = true;
            begin();
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
            LOG.debug("the database is asked again in the background: {}", unreachable.toString());
        }
    }

    @Override
    public void stopWork() {
        progress.stop().stop();
        progress.changed();
    }

    /** Says so in the background, where there is time for it, and on the caller's thread, which is to go no further. */
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
            ground().presence().tooOld(tooOld);
        } catch (SQLException | RuntimeException failure) {
            LOG.debug("that this build is too old could not be written down", failure);
        }
    }

    /** Asks on the caller's thread; what cannot be asked there is dealt with in the background. */
    private SteadyState.Answer ask(Mode mode) {
        try {
            return steadyState.ask(contents.entries(), mode);
        } catch (SQLException | RuntimeException failure) {
            if (!Trouble.isMissingTable(failure)) {
                progress.activity()
                        .say(
                                Level.WARN,
                                "the state of the migrations could not be read, and is tried again in the background: "
                                        + Failures.cause(failure),
                                Trouble.sqlException(failure) == null ? failure : null);
            }
            return new SteadyState.Answer(SteadyState.Finding.WORK, 0);
        }
    }

    /**
     * The work, for a job engine. This instance {@linkplain #arrive() arrives} with it.
     *
     * @return the work, always the same
     * @throws BuildTooOldException as {@link #arrive()}
     */
    public Work work() {
        arrive();
        return work;
    }

    /** Under this monitor. */
    private void begin() {
        starts++;
        worker.start(work);
    }

    /** What the workers call: they make the engine, which loads jOOQ's classes, and not whoever dispatches. */
    private final class Steps implements Work {
        @Override
        public String name() {
            String chosen = connections.stateSchema();
            return contents.packageName() + (chosen == null ? "" : " [" + chosen + "]");
        }

        @Override
        public String build() {
            return ground().presence().build();
        }

        @Override
        public boolean isLive(String build) {
            try {
                return ground().store().transaction(tx -> InstanceRows.isLive(tx, build));
            } catch (SQLException | DataAccessException failure) {
                LOG.debug("whether build {} is alive could not be asked", build, failure);
                return true;
            }
        }

        @Override
        public boolean isStopped() {
            return progress.isStopped();
        }

        @Override
        public Step step(StopSignal stop) {
            long seen = starts;
            Kind kind = progress.isStopped() ? Kind.FINISHED : closing.step(() -> stepped(stop));
            if (kind == Kind.FINISHED) {
                finished = seen;
                // There was another start since this step began, for which an engine may have found its job busy.
                kind = seen == starts || progress.isStopped() ? Kind.FINISHED : Kind.WORKED;
            }
            return new Step(kind, kind == Kind.IDLE ? pollEvery() : Duration.ZERO, progress.message());
        }

        private Kind stepped(StopSignal stop) {
            Engine made;
            try {
                // An engine's job may come before any dispatch.
                heartbeat.start();
                made = engine();
                made.maintenance().start();
            } catch (Throwable failure) {
                // As in a step: a worker ends by its close alone.
                LOG.error("the work on the async migrations could not begin", Masked.failure(failure));
                progress.hindered(
                        progress.dispatch(),
                        "the work could not begin, and is tried again: " + Masked.text(failure.toString()));
                return Kind.IDLE;
            }
            return progress.stop().inSlice(stop::isStopped, made.stepper()::step);
        }

        @Override
        public int threads() {
            return Math.max(1, settings.threads());
        }

        @Override
        public Duration pollEvery() {
            return settings.times().poll();
        }

        @Override
        public void awaitChange(Duration time) throws InterruptedException {
            progress.awaitChange(time);
        }

        @Override
        public void onChange(Runnable listener) {
            progress.onChange(listener);
        }
    }

    /** With each heartbeat. */
    private void renew() {
        try {
            if (finished != starts && !progress.isStopped() && !isDoneByOthers()) {
                worker.renew(work);
            }
        } catch (RuntimeException failure) {
            LOG.error("the worker could not look after its jobs, and is asked again", failure);
        }
    }

    /** An engine may run all jobs in other instances, to the end, and no step of this one would ever say so. */
    private boolean isDoneByOthers() {
        long seen = starts;
        long dispatch = progress.dispatch();
        try {
            boolean done = !(worker instanceof EmbeddedWorker)
                    && steadyState.ask(contents.entries(), progress.mode()).finding() == SteadyState.Finding.DONE
                    && progress.settled(dispatch, Dispatch.Outcome.DONE, "all migrations are done");
            finished = done ? seen : finished;
            return done;
        } catch (SQLException | RuntimeException failure) {
            LOG.debug("the state of the migrations is asked for again with the next heartbeat", failure);
            return false;
        }
    }

    /** Says once more that this instance is alive, at once; for tests, which wait for no heartbeat. */
    void beat() {
        heartbeat.beat();
    }

    /** An operator has changed something through a handle: the workers look again. */
    private synchronized void changed() {
        progress.changed();
        if (dispatched && !progress.isStopped()) {
            begin();
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
        StateStore store = engine().store();
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

    /** The table's migrations, and those of this build that it does not know yet. */
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

    /** Asks the schema's history of those that require something of it and have not begun: few, and seldom. */
    private MigrationStatus behindSchema(MigrationStatus status) {
        MigrationEntry entry = contents.entry(status.version());
        boolean waits = status.state() == State.CREATED || status.state() == State.PENDING;
        if (entry == null || entry.requiresSchema().isEmpty() || !waits) {
            return status;
        }
        try {
            String reason = engine().schema().waitsFor(entry);
            return reason == null ? status : status.waitingFor(reason);
        } catch (SQLException | DataAccessException failure) {
            return status.waitingFor("the schema's history cannot be read: " + Trouble.words(failure));
        }
    }

    /** What this instance leaves for later, others may not; what holds it there is in the table. */
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
        Engine made = engine();
        return new Handle(entry, made.plans(), made.registration(), this::changed);
    }

    @Override
    public void close() {
        stopWork();
        if (engine == null) {
            // Without work there is nothing to stay for.
            heartbeat.stop();
        }
        closing.close();
    }

    /** The rest of a close. A worker that cannot be closed finds that nothing is left to do, and must not keep the instance alive. */
    private void end() {
        Engine working = engine;
        if (working != null) {
            working.attempts().cancelAfter(Attempts.PATIENCE);
        }
        try {
            worker.close();
        } catch (Throwable failure) {
            LOG.error("the worker of the async migrations could not be closed", Masked.failure(failure));
        }
        closing.awaitSteps();
        // Read again: the first step may have made it meanwhile.
        Engine made = engine;
        if (made != null) {
            made.maintenance().end();
        }
        heartbeat.end();
        progress.settled(
                progress.dispatch(),
                Dispatch.Outcome.CLOSED,
                "the registry was closed; the next instance goes on there");
        try {
            settings.listener().onClosed();
        } catch (Throwable failure) {
            LOG.warn("the listener failed on the close", failure);
        }
    }
}
