package org.asyncmigrations.dispatch;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs of one registry on a job engine, a slot for each of the builder's {@code threads}: which jobs there are, and what becomes
 * of a job after a slice. Jobs outlive processes and deploys, so a job's name says which build has made it. For whoever writes a
 * {@link Worker} on a job engine. Safe for threads.
 */
public final class Slots {
    private static final Logger LOG = LoggerFactory.getLogger(Slots.class);

    /** Until a job is tried again that this process cannot work for at all, by whichever process takes it. */
    private static final Duration ELSEWHERE = Duration.ofSeconds(1);

    /**
     * Until a job of another build's is tried again at which this one has nothing to do. The heartbeats of its own build set it to an
     * earlier time, in a process that can do something: a shorter time would leave it with this one, as long as both are alive.
     */
    private static final Duration OTHER_BUILD = Duration.ofSeconds(15);

    private final AtomicBoolean renewing = new AtomicBoolean();
    private final Engine engine;
    private volatile @Nullable Work work;

    /** What a job engine has to be able to do. */
    public interface Engine {
        /**
         * Sees to it that a job exists and is due soon: makes it, due now, if it is missing; sets it to now if it is due later than
         * asked. A job that runs is left alone.
         *
         * @param job the name
         * @param within how late it may be due
         * @throws Exception when the engine cannot be asked
         */
        void schedule(String job, Duration within) throws Exception;

        /**
         * Removes a job, so that it does not run again; what runs may come to its end. One that is missing is no error.
         *
         * @param job the name
         * @throws Exception when the engine cannot be asked, or does not remove what runs
         */
        void remove(String job) throws Exception;

        /**
         * Whether the engine takes a job for one that runs, and it may run nowhere, for longer than the work can wait. Another job
         * takes its place then. False unless it is overridden.
         *
         * @param job the name
         * @return whether it is stuck
         */
        default boolean isStuck(String job) {
            return false;
        }

        /**
         * Shows people what a slice has ended with, if the engine has a place for it. Does nothing unless it is overridden.
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
     * Takes the work, as {@link Worker#attach}.
     *
     * @param given the work
     */
    public void attach(Work given) {
        work = given;
    }

    /**
     * Schedules all jobs at once, as {@link Worker#start}, on a thread of its own: whoever dispatches waits for no statement of the
     * engine's.
     *
     * @param given the work
     */
    public void start(Work given) {
        inBackground(() -> schedule(given, Duration.ZERO));
    }

    /**
     * Makes lost jobs again, as {@link Worker#renew}.
     *
     * @param given the work
     */
    public void renew(Work given) {
        // An engine that does not answer is not asked by one more thread with each heartbeat.
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
            LOG.warn("the work could not be scheduled, and is again with the next heartbeat", failure);
        }
    }

    /**
     * Works for a job.
     *
     * @param job its name
     * @param stop whether the engine shuts down
     * @param time after which no further step begins
     * @return after which time the job is to run again, wherever that is; empty if it is to be removed
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

    /** What another build's process has put off would stay there for as long as nobody else takes it. */
    private void removeOthers(String job, Work mine) {
        for (int number = 1; number <= mine.threads(); number++) {
            String other = job(mine, number);
            try {
                if (!other.equals(job)) {
                    engine.remove(other);
                }
            } catch (Exception failure) {
                LOG.debug("{} runs, and is removed at its end", other, failure);
            }
        }
    }

    /** Made in the place of one that was stuck, and is not any more. */
    private boolean isSpare(String job, Work mine) {
        int number = Integer.parseInt(job.substring(mine.build().length() + 1));
        int needed = mine.threads();
        for (int lower = 1; lower < number && needed < number; lower++) {
            needed += engine.isStuck(job(mine, lower)) ? 1 : 0;
        }
        return number > needed;
    }

    /** An engine that shuts down takes the job no more. */
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
