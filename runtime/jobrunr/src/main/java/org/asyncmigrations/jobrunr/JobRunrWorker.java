package org.asyncmigrations.jobrunr;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.asyncmigrations.dispatch.Slots;
import org.asyncmigrations.dispatch.Step;
import org.asyncmigrations.dispatch.StopSignal;
import org.asyncmigrations.dispatch.Work;
import org.asyncmigrations.dispatch.Worker;
import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.RecurringJob;
import org.jobrunr.jobs.context.JobContext;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.jobs.states.ProcessingState;
import org.jobrunr.jobs.states.StateName;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.jobrunr.scheduling.RecurringJobBuilder;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.server.runner.ThreadLocalJobContext;
import org.jobrunr.storage.Paging.AmountBasedList;
import org.jobrunr.storage.StorageException;
import org.jobrunr.storage.StorageProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the work on the threads of JobRunr: a recurring job for each worker of the builder's {@code threads}. It is also the
 * handler of these jobs, so the job activator has to return this object. A run lasts ten of JobRunr's poll intervals, because the
 * next run begins one or two intervals later. The recurring job is deleted when nothing is left to do. For all registries of the
 * process. Thread-safe.
 */
public final class JobRunrWorker implements Worker, JobRequestHandler<SliceRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(JobRunrWorker.class);

    private static final int POLLS = 10;

    /** More jobs than the threads of a cluster run at the same time. */
    private static final int RUNNING = 10_000;

    /** The ID of a recurring job must be shorter than 128 characters, and a slot's name is much shorter than the rest. */
    private static final int LONGEST_NAME = 80;

    /** The key of the last logged reason in the metadata that JobRunr keeps for a running job. */
    private static final String SHOWN = "async-migrations";

    private final Map<String, Registry> registries = new ConcurrentHashMap<>();
    private final Supplier<BackgroundJobServer> server;

    private record Registry(Work work, Slots slots) {}

    /**
     * A worker.
     *
     * @param server returns JobRunr's server, such as {@code JobRunr::getBackgroundJobServer}; called when there is work
     */
    public JobRunrWorker(Supplier<BackgroundJobServer> server) {
        this.server = Objects.requireNonNull(server, "server");
    }

    @Override
    public void attach(Work work) {
        Slots slots = new Slots(new Engine(work.name()));
        slots.attach(work);
        registries.put(work.name(), new Registry(work, slots));
    }

    @Override
    public void start(Work work) {
        registry(work).slots().start(work);
    }

    @Override
    public void renew(Work work) {
        registry(work).slots().renew(work);
    }

    private Registry registry(Work work) {
        return Objects.requireNonNull(registries.get(work.name()), "attach comes first");
    }

    /** Doesn't throw: JobRunr would retry a job whose next run comes anyway. */
    @Override
    public void run(SliceRequest request) {
        try {
            Registry registry = registries.get(request.getRegistry());
            Engine engine = new Engine(request.getRegistry());
            if (registry != null && engine.isFirst(request.getSlot())) {
                work(registry, engine, request.getSlot());
            }
        } catch (RuntimeException failure) {
            LOG.warn("{} could not be run; trying again with its next run", request.getSlot(), failure);
        } finally {
            // JobRunr treats a remaining interrupt as a failure. It interrupts jobs that should end, and this one has.
            Thread.interrupted();
        }
    }

    private void work(Registry registry, Engine engine, String slot) {
        BackgroundJobServer of = server.get();
        StopSignal stop = () -> !of.isRunning() || Thread.currentThread().isInterrupted();
        long end = System.nanoTime() + of.getConfiguration().getPollInterval().toNanos() * POLLS;
        Duration left;
        Optional<Duration> again;
        do {
            left = Duration.ofNanos(end - System.nanoTime());
            again = registry.slots().slice(slot, stop, left);
        } while (again.isPresent()
                && isOwn(registry.work(), slot)
                && !stop.isStopped()
                && rest(registry.work(), again.get(), Duration.ofNanos(end - System.nanoTime())));
        if (again.isEmpty()) {
            engine.remove(slot);
        }
    }

    /**
     * {@return whether the slot is of this build and still open} A slot that is left to another process must not wait in this
     * one.
     */
    private static boolean isOwn(Work work, String slot) {
        return !work.isStopped() && slot.startsWith(work.build() + "-");
    }

    /** Waits within the job, because JobRunr keeps a row for each run for 36 hours. {@return whether time is left} */
    private static boolean rest(Work work, Duration time, Duration left) {
        Duration waited = time.compareTo(left) < 0 ? time : left;
        try {
            if (waited.compareTo(Duration.ZERO) > 0) {
                work.awaitChange(waited);
            }
            return waited.equals(time);
        } catch (InterruptedException stopped) {
            return false;
        }
    }

    private final class Engine implements Slots.Engine {
        private final String registry;

        Engine(String registry) {
            this.registry = registry;
        }

        /** {@return the recurring job's ID: JobRunr allows only letters, digits and a few other characters} */
        private String id(String slot) {
            String known = registry.replaceAll("[^\\w.-]", "_");
            return known.substring(Math.max(0, known.length() - LONGEST_NAME)) + "-" + slot;
        }

        private StorageProvider storage() {
            return server.get().getStorageProvider();
        }

        @Override
        public void schedule(String slot, Duration within) {
            String id = id(slot);
            StorageProvider storage = storage();
            RecurringJob recurring = find(id).orElseGet(() -> create(id, slot));
            Instant running =
                    storage.getRecurringJobLatestScheduledInstant(id, StateName.ENQUEUED, StateName.PROCESSING);
            Instant next = storage.getRecurringJobLatestScheduledInstant(id, StateName.SCHEDULED);
            if (running == null && (next == null || next.isAfter(Instant.now().plus(within)))) {
                // A job that was never scheduled doesn't count as a run of the recurring job, so JobRunr would add
                // another one.
                Job run = recurring.toScheduledJob();
                run.enqueue();
                storage.save(run);
            }
        }

        private Optional<RecurringJob> find(String id) {
            return storage().getRecurringJobs().stream()
                    .filter(known -> known.getId().equals(id))
                    .findFirst();
        }

        private RecurringJob create(String id, String slot) {
            try {
                new JobRequestScheduler(storage())
                        .createRecurrently(RecurringJobBuilder.aRecurringJob()
                                .withId(id)
                                .withName("async migrations of " + registry + ", slot " + slot)
                                .withInterval(server.get().getConfiguration().getPollInterval())
                                .withJobRequest(new SliceRequest(registry, slot)));
            } catch (StorageException failure) {
                // Processes that start at the same time can collide here; one of them has created the job.
                return find(id).orElseThrow(() -> failure);
            }
            return find(id).orElseThrow();
        }

        @Override
        public void remove(String slot) {
            storage().deleteRecurringJob(id(slot));
        }

        @Override
        public void show(String slot, Step step) {
            JobContext job = ThreadLocalJobContext.getJobContext();
            if (!step.reason().equals(job.getMetadata(SHOWN))) {
                job.saveMetadata(SHOWN, step.reason());
                job.logger().info(step.reason());
            }
        }

        /**
         * Whether no other live run of the slot began before this one. There can be several: JobRunr catches up on missed runs,
         * and a click in its dashboard starts one.
         */
        boolean isFirst(String slot) {
            var configuration = server.get().getConfiguration();
            Instant alive = Instant.now()
                    .minus(configuration
                            .getPollInterval()
                            .multipliedBy(configuration.getServerTimeoutPollIntervalMultiplicand()));
            Optional<String> id = Optional.of(id(slot));
            UUID mine = ThreadLocalJobContext.getJobContext().getJobId();
            return storage().getJobList(StateName.PROCESSING, AmountBasedList.ascOnUpdatedAt(RUNNING)).stream()
                    .filter(job -> job.getRecurringJobId().equals(id)
                            && job.getUpdatedAt().isAfter(alive))
                    .min(Comparator.comparing(Engine::begunAt).thenComparing(Job::getId))
                    .filter(first -> !first.getId().equals(mine))
                    .isEmpty();
        }

        private static Instant begunAt(Job job) {
            return job.getLastJobStateOfType(ProcessingState.class)
                    .map(ProcessingState::getCreatedAt)
                    .orElse(Instant.MAX);
        }
    }

    /**
     * Does nothing: the steps have already been told to stop, the registry waits for them, and the application stops the server.
     */
    @Override
    public void close() {}
}
