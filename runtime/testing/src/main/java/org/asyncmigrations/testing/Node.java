package org.asyncmigrations.testing;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationRegistry;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.Mode;
import org.asyncmigrations.dispatch.Rehearsal;
import org.asyncmigrations.dispatch.Step;
import org.asyncmigrations.dispatch.Work;
import org.asyncmigrations.dispatch.Worker;
import org.asyncmigrations.state.SchemaMigrations;
import org.jspecify.annotations.Nullable;

/** An instance of the application that runs one migration, stepped by hand. Used by one thread, except {@link #stop()}. */
final class Node implements AutoCloseable {
    /** Longer than claims and back-offs take together: each idle step advances the clock by a minute. */
    private static final int IDLE_STEPS = 200;

    /** More steps than any small table needs. */
    private static final int STEPS = 10_000;

    /** How long a node waits for another one before it checks again. */
    private static final Duration LOOK = Duration.ofMillis(20);

    private final Bench bench;
    private final MigrationEntry entry;
    private final NodeSource source;
    private final Options options;
    private final HandWorker worker = new HandWorker();
    private final MigrationRegistry registry;
    private volatile Duration ahead;
    private @Nullable Dispatch dispatch;

    /**
     * The options of a node.
     *
     * @param points is notified of what it passes
     * @param batchSize keys of its first batch, 0 for the runtime's own; each later batch is twice as large
     * @param zone its time zone, null for the JVM's
     * @param ahead how far its clock is ahead
     */
    record Options(Points points, long batchSize, @Nullable Zone zone, Duration ahead) {
        static final Options PLAIN = new Options(Points.NONE, 0, null, Duration.ZERO);
    }

    Node(Bench bench, MigrationEntry entry, Options options) {
        this.bench = bench;
        this.entry = entry;
        this.options = options;
        this.ahead = options.ahead();
        this.source = new NodeSource(bench.pool(), options.points(), options.zone());
        this.registry = Rehearsal.of(bench.plan().registry().apply(source))
                .alone(entry, () -> ahead)
                .worker(worker)
                .listener(event -> options.points().event(event.event()))
                // One failed attempt is enough. After a crash more are allowed, since the crash counts as one.
                .maxAttempts(options.ahead().isZero() ? 1 : 3)
                // No batch takes this long, so the test decides the size.
                .targetBatchTime(Duration.ofMinutes(1))
                .lockTimeout(Duration.ofSeconds(1))
                .build();
    }

    NodeSource source() {
        return source;
    }

    /** Runs to the end or until it is killed; the clock is advanced as needed. {@return how it ended} */
    Dispatch.Outcome run() {
        Dispatch going = registry.dispatch(Mode.AFTER);
        dispatch = going;
        int idle = 0;
        for (int i = 0; i < STEPS && !isOver(going) && idle < IDLE_STEPS; i++) {
            if (worker.step() == Step.Kind.IDLE) {
                idle++;
                ahead = ahead.plusMinutes(1);
            }
            setBatchSize(i);
        }
        return going.outcome();
    }

    /** Runs to the end next to another node, in real time. {@return how it ended} */
    Dispatch.Outcome runBeside(Duration within) throws InterruptedException {
        Dispatch going = registry.dispatch(Mode.AFTER);
        dispatch = going;
        long deadline = System.nanoTime() + within.toNanos();
        while (!isOver(going) && System.nanoTime() < deadline) {
            if (worker.step() == Step.Kind.IDLE) {
                worker.awaitChange(LOOK);
            }
        }
        return going.outcome();
    }

    private boolean isOver(Dispatch going) {
        return source.isDead() || going.outcome() != Dispatch.Outcome.RUNNING;
    }

    /** The runtime stores a batch size for the next walk; the first step has created the row for it. */
    private void setBatchSize(int step) {
        if (step == 0 && options.batchSize() > 0) {
            SchemaMigrations<?> t = bench.stateTables().migrations();
            bench.dsl().update(t).set(Map.of(t.BATCH_SIZE, options.batchSize())).execute();
        }
    }

    /** {@return why it hasn't reached its end} */
    String reason() {
        MigrationStatus status = registry.status().of(entry.version());
        if (status != null && status.error() != null) {
            return ofTheUser(status.error());
        }
        return dispatch == null ? "it did not begin" : dispatch.message();
    }

    /** The error without the frames of the library that called the user's code. */
    private static String ofTheUser(String error) {
        return error.lines()
                .filter(line ->
                        !line.matches("\\s+at (org\\.asyncmigrations|org\\.jooq|java|jdk)\\b.*|\\s+\\.\\.\\. .*"))
                .collect(Collectors.joining("\n"));
    }

    /** Stops it from outside, whatever it is doing. */
    void stop() {
        source.cutOff();
        registry.close();
    }

    @Override
    public void close() {
        if (source.isDead()) {
            source.bury();
        }
        registry.close();
        source.bury();
    }

    /** A worker that works on command. */
    private static final class HandWorker implements Worker {
        private @Nullable Work work;

        @Override
        public void start(Work given) {
            work = given;
        }

        Step.Kind step() {
            return work == null ? Step.Kind.FINISHED : work.step().kind();
        }

        void awaitChange(Duration time) throws InterruptedException {
            if (work != null) {
                work.awaitChange(time);
            }
        }

        @Override
        public void close() {
            // Nothing runs between two steps.
        }
    }
}
