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
 * Works on the threads of JobRunr: a recurring job for each worker of the builder's {@code threads}, and also what runs it, so the
 * job activator has to give this object. A run takes ten of JobRunr's polls, since the next one waits for one or two, and the recurring
 * job is deleted when nothing is left to do. For all registries of the process. Safe for threads.
 */
public final class JobRunrWorker implements Worker, JobRequestHandler<SliceRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(JobRunrWorker.class);

    private static final int POLLS = 10;

    /** More jobs than a cluster's threads run at once. */
    private static final int RUNNING = 10_000;

    /** JobRunr takes fewer than 128 characters, and the name of a slot is much shorter. */
    private static final int LONGEST_NAME = 80;

    /** The last reason in a job's log: its name among what JobRunr keeps of a job while it runs. */
    private static final String SHOWN = "async-migrations";

    private final Map<String, Registry> registries = new ConcurrentHashMap<>();
    private final Supplier<BackgroundJobServer> server;

    private record Registry(Work work, Slots slots) {}

    /**
     * A worker.
     *
     * @param server gives JobRunr's server, such as {@code JobRunr::getBackgroundJobServer}; asked when there is work
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

    /** Does not throw: JobRunr would try again what has its next run anyway. */
    @Override
    public void run(SliceRequest request) {
        try {
            Registry registry = registries.get(request.getRegistry());
            Engine engine = new Engine(request.getRegistry());
            if (registry != null && engine.isFirst(request.getSlot())) {
                work(registry, engine, request.getSlot());
            }
        } catch (RuntimeException failure) {
            LOG.warn("{} could not be worked for, and is with its next run", request.getSlot(), failure);
        } finally {
            // For JobRunr, an interrupt that is left is a failure. It interrupts what it wants to end, and that has
            // ended.
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

    /** What this process has put off for another one is not to wait in this one. */
    private static boolean isOwn(Work work, String slot) {
        return !work.isStopped() && slot.startsWith(work.build() + "-");
    }

    /** Waits in the job: each run is a row that JobRunr keeps for 36 hours. {@return whether time is left} */
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

        /** JobRunr takes letters and digits, and some signs. */
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
                // One that was never scheduled does not count as a run of the recurring job, which would add another.
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
                // Processes that start together collide here, and one of them has made it.
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
         * Whether no other run of a slot has begun before this one, and is alive: JobRunr makes up for runs that it has missed, and its
         * dashboard starts one at a click.
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

    /** The steps have been told to stop, and the registry waits for them; the server is the application's to stop. */
    @Override
    public void close() {}
}
