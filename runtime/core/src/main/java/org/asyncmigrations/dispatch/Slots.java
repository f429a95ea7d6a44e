package org.asyncmigrations.dispatch;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs of one registry on a job engine, a slot for each of the builder's {@code threads}: decides which jobs exist, and what
 * happens to a job after a slice. Jobs outlive processes and deploys, so a job's name contains the build that created it. For
 * authors of a {@link Worker} on a job engine. Thread-safe.
 */
public final class Slots {
    private static final Logger LOG = LoggerFactory.getLogger(Slots.class);

    /** The time until a job is retried, in whichever process takes it, if this process can't work at all. */
    private static final Duration ELSEWHERE = Duration.ofSeconds(1);

    /**
     * The time until another build's job is retried, if this build has nothing to do for it. The heartbeats of the job's own build
     * make it due earlier, in a process that can work. With a shorter time, this process would keep the job as long as both builds
     * are alive.
     */
    private static final Duration OTHER_BUILD = Duration.ofSeconds(15);

    private final AtomicBoolean renewing = new AtomicBoolean();
    private final Engine engine;
    private volatile @Nullable Work work;

    /** What a job engine must be able to do. */
    public interface Engine {
        /**
         * Makes sure that a job exists and is due soon. Creates a missing job, due now. If the job is due later than requested,
         * makes it due now. Leaves a running job alone.
         *
         * @param job the name
         * @param within how late it may be due
         * @throws Exception if the engine can't be reached
         */
        void schedule(String job, Duration within) throws Exception;

        /**
         * Removes a job, so that it doesn't run again. A running slice may finish. A missing job is no error.
         *
         * @param job the name
         * @throws Exception if the engine can't be reached, or doesn't remove running jobs
         */
        void remove(String job) throws Exception;

        /**
         * Whether the engine considers a job running although it may not be running anywhere, for longer than the work can wait.
         * Then another job takes its place. The default is false.
         *
         * @param job the name
         * @return whether it is stuck
         */
        default boolean isStuck(String job) {
            return false;
        }

        /**
         * Shows people the result of a slice, if the engine has a place for it. The default does nothing.
         *
         * @param job the name
         * @param step the slice's last step
         */
        default void show(String job, Step step) {}
    }

    /**
     * Slots on an engine.
     *
     * @param engine what schedules the jobs
     */
    public Slots(Engine engine) {
        this.engine = Objects.requireNonNull(engine, "engine");
    }

    /**
     * Takes the work, like {@link Worker#attach}.
     *
     * @param given the work
     */
    public void attach(Work given) {
        work = given;
    }

    /**
     * Schedules all jobs now, like {@link Worker#start}. Does so on a new thread, so {@code dispatch()} doesn't wait for the
     * engine's statements.
     *
     * @param given the work
     */
    public void start(Work given) {
        inBackground(() -> schedule(given, Duration.ZERO));
    }

    /**
     * Creates lost jobs again, like {@link Worker#renew}.
     *
     * @param given the work
     */
    public void renew(Work given) {
        // If the engine doesn't answer, heartbeats mustn't pile up threads.
        if (renewing.compareAndSet(false, true)) {
            inBackground(() -> {
                try {
                    schedule(given, given.pollEvery());
                } finally {
                    renewing.set(false);
                }
            });
        }
    }

    private static void inBackground(Runnable scheduling) {
        Thread thread = new Thread(scheduling, "async-migrations-schedule");
        thread.setDaemon(true);
        thread.start();
    }

    private void schedule(Work of, Duration within) {
        try {
            int scheduled = 0;
            for (int number = 1; scheduled < of.threads(); number++) {
                String job = job(of, number);
                if (!engine.isStuck(job)) {
                    engine.schedule(job, within);
                    scheduled++;
                }
            }
        } catch (Exception failure) {
            LOG.warn("the work could not be scheduled; trying again with the next heartbeat", failure);
        }
    }

    /**
     * Works for a job.
     *
     * @param job its name
     * @param stop whether the engine is shutting down
     * @param time after which no further step begins
     * @return the time after which the job should run again, in any process; empty if it should be removed
     */
    public Optional<Duration> slice(String job, StopSignal stop, Duration time) {
        Work mine = work;
        if (mine == null || mine.isStopped()) {
            return later(stop, ELSEWHERE);
        }
        String build = build(job);
        boolean isOwn = build.equals(mine.build());
        if (!isOwn && !mine.isLive(build)) {
            return Optional.empty();
        }
        Step step = mine.slice(stop, time);
        engine.show(job, step);
        if (mine.isStopped()) {
            return later(stop, ELSEWHERE);
        }
        if (!isOwn && step.kind() != Step.Kind.WORKED) {
            return later(stop, OTHER_BUILD);
        }
        if (step.kind() == Step.Kind.FINISHED) {
            removeOthers(job, mine);
            return Optional.empty();
        }
        return isOwn && isSpare(job, mine) ? Optional.empty() : Optional.of(step.again());
    }

    /** Removes the registry's other jobs. One that another build's process has postponed would stay until somebody takes it. */
    private void removeOthers(String job, Work mine) {
        for (int number = 1; number <= mine.threads(); number++) {
            String other = job(mine, number);
            try {
                if (!other.equals(job)) {
                    engine.remove(other);
                }
            } catch (Exception failure) {
                LOG.debug(
                        "the job {} could not be removed, since it is running; it is removed when it ends",
                        other,
                        failure);
            }
        }
    }

    /** Whether a job was created in place of a stuck job that is no longer stuck. */
    private boolean isSpare(String job, Work mine) {
        int number = Integer.parseInt(job.substring(mine.build().length() + 1));
        int needed = mine.threads();
        for (int lower = 1; lower < number && needed < number; lower++) {
            needed += engine.isStuck(job(mine, lower)) ? 1 : 0;
        }
        return number > needed;
    }

    /** An engine that is shutting down doesn't take the job again. */
    private static Optional<Duration> later(StopSignal stop, Duration time) {
        return Optional.of(stop.isStopped() ? Duration.ZERO : time);
    }

    private static String job(Work of, int number) {
        return of.build() + "-" + number;
    }

    private static String build(String job) {
        return job.substring(0, Math.max(0, job.lastIndexOf('-')));
    }
}
