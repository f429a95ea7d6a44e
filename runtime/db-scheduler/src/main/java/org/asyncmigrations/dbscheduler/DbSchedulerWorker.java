package org.asyncmigrations.dbscheduler;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceException;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler.OnCompleteRemove;
import com.github.kagkarlsson.scheduler.task.CompletionHandler.OnCompleteReschedule;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.asyncmigrations.dispatch.Step;
import org.asyncmigrations.dispatch.StopSignal;
import org.asyncmigrations.dispatch.Work;
import org.asyncmigrations.dispatch.Worker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on the threads of db-scheduler: one task, with an instance for each worker of the builder's {@code threads}. An instance runs
 * for at most 15 seconds at a time and is then scheduled again, and removed when nothing is left to do. For one registry; another
 * one needs a worker and a task name of its own. Safe for threads.
 */
public final class DbSchedulerWorker implements Worker {
    /** The name of the task, unless the constructor is given another. */
    public static final String TASK = "async-migrations";

    private static final Logger LOG = LoggerFactory.getLogger(DbSchedulerWorker.class);

    private static final Duration SLICE = Duration.ofSeconds(15);

    /** Until an instance that this process cannot work for is tried again, by whichever process picks it. */
    private static final Duration ELSEWHERE = Duration.ofSeconds(1);

    /**
     * Twice a slice. What was picked longer ago is in a long step, or its process is dead: the engine knows after half an hour, and
     * another instance takes its place until then. One too many is waste, and none would be a standstill.
     */
    private static final Duration STUCK = Duration.ofSeconds(30);

    private final AtomicBoolean renewing = new AtomicBoolean();
    private final Supplier<Scheduler> scheduler;
    private final Task<Void> task;
    private volatile @Nullable Work work;

    /**
     * A worker whose task is named {@link #TASK}.
     *
     * @param scheduler gives the scheduler that has been made with {@link #task()}; asked when there is work
     */
    public DbSchedulerWorker(Supplier<Scheduler> scheduler) {
        this(TASK, scheduler);
    }

    /**
     * A worker with a task name of its own.
     *
     * @param name the task's name, the same in all processes and releases
     * @param scheduler gives the scheduler that has been made with {@link #task()}; asked when there is work
     */
    public DbSchedulerWorker(String name, Supplier<Scheduler> scheduler) {
        this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
        this.task = Tasks.custom(name, Void.class).execute(this::slice);
    }

    /**
     * The task, for the scheduler's list of known tasks. Processes that do not have the registry need not know it.
     *
     * @return the task
     */
    public Task<Void> task() {
        return task;
    }

    @Override
    public void attach(Work given) {
        work = given;
    }

    @Override
    public void start(Work given) {
        inBackground(() -> schedule(given, true));
    }

    @Override
    public void renew(Work given) {
        // A scheduler that does not answer is not asked by one more thread with each heartbeat.
        if (renewing.compareAndSet(false, true)) {
            inBackground(() -> {
                try {
                    schedule(given, false);
                } finally {
                    renewing.set(false);
                }
            });
        }
    }

    /** On a thread of its own: whoever dispatches waits for no statement of the engine's. */
    private static void inBackground(Runnable scheduling) {
        Thread thread = new Thread(
                () -> {
                    try {
                        scheduling.run();
                    } catch (RuntimeException failure) {
                        LOG.warn("the work could not be scheduled, and is again with the next heartbeat", failure);
                    }
                },
                "async-migrations-schedule");
        thread.setDaemon(true);
        thread.start();
    }

    /** As many as the builder's threads, besides those that a process may have taken with it. */
    private void schedule(Work given, boolean atOnce) {
        Scheduler to = scheduler.get();
        int scheduled = 0;
        for (int number = 1; scheduled < given.threads(); number++) {
            TaskInstance<Void> instance = instance(given, number);
            if (!isStuck(to, instance)) {
                schedule(to, instance, atOnce);
                scheduled++;
            }
        }
        if (atOnce) {
            to.triggerCheckForDueExecutions();
        }
    }

    private TaskInstance<Void> instance(Work of, int number) {
        return task.instance(of.build() + "-" + number);
    }

    private static boolean isStuck(SchedulerClient to, TaskInstance<Void> instance) {
        Instant limit = Instant.now().minus(STUCK);
        return to.getScheduledExecution(instance)
                .filter(known -> known.isPicked() && known.getExecutionTime().isBefore(limit))
                .isPresent();
    }

    private static void schedule(Scheduler to, TaskInstance<Void> instance, boolean atOnce) {
        try {
            if (!to.scheduleIfNotExists(instance, Instant.now()) && atOnce) {
                to.reschedule(instance, Instant.now());
            }
        } catch (TaskInstanceException busy) {
            LOG.debug("{} runs, or has just been removed", instance, busy);
        }
    }

    private CompletionHandler<Void> slice(TaskInstance<Void> instance, ExecutionContext context) {
        StopSignal stop = context.getSchedulerState()::isShuttingDown;
        Work mine = work;
        if (mine == null || mine.isStopped()) {
            return stop.isStopped() ? after(Duration.ZERO) : after(ELSEWHERE);
        }
        boolean isOwn = build(instance).equals(mine.build());
        if (!isOwn && !mine.isLive(build(instance))) {
            return new OnCompleteRemove<>();
        }
        Step step = mine.slice(stop, SLICE);
        if (step.kind() != Step.Kind.FINISHED) {
            boolean isSpare = isOwn && isSpare(instance, mine, context.getSchedulerClient());
            return isSpare ? new OnCompleteRemove<>() : after(step.again());
        }
        // The registry may have been stopped meanwhile, and another build may have work that this one does not know.
        return isOwn && !mine.isStopped() ? new OnCompleteRemove<>() : after(ELSEWHERE);
    }

    /** Made in the place of one that was stuck, and is not any more. */
    private boolean isSpare(TaskInstance<Void> instance, Work mine, SchedulerClient client) {
        int number = Integer.parseInt(instance.getId().substring(mine.build().length() + 1));
        int needed = mine.threads();
        for (int lower = 1; lower < number && needed < number; lower++) {
            needed += isStuck(client, instance(mine, lower)) ? 1 : 0;
        }
        return number > needed;
    }

    private static CompletionHandler<Void> after(Duration time) {
        return new OnCompleteReschedule<>(FixedDelay.of(time));
    }

    private static String build(TaskInstance<Void> instance) {
        String id = instance.getId();
        return id.substring(0, Math.max(0, id.lastIndexOf('-')));
    }

    /** The steps have been told to stop, and the registry waits for them; the scheduler is the application's to stop. */
    @Override
    public void close() {}
}
