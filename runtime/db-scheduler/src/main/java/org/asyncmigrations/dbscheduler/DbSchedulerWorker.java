package org.asyncmigrations.dbscheduler;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.Scheduler;
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
import java.util.Optional;
import java.util.function.Supplier;
import org.asyncmigrations.dispatch.Slots;
import org.asyncmigrations.dispatch.Work;
import org.asyncmigrations.dispatch.Worker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the work on the threads of db-scheduler: one task, with an instance for each worker of the builder's {@code threads}. An
 * instance runs for at most 15 seconds, is then scheduled again, and is removed when nothing is left to do. For one registry;
 * another registry needs its own worker and task name. Thread-safe.
 */
public final class DbSchedulerWorker implements Worker {
    /** The name of the task, unless the constructor is given another. */
    public static final String TASK = "async-migrations";

    private static final Logger LOG = LoggerFactory.getLogger(DbSchedulerWorker.class);

    private static final Duration SLICE = Duration.ofSeconds(15);

    /**
     * Twice a slice. An execution picked longer ago is in a long step, or its process is dead. db-scheduler itself notices a dead
     * process only after half an hour; until then, another instance takes its place. One instance too many does no harm, one too
     * few would stop the work.
     */
    private static final Duration STUCK = Duration.ofSeconds(30);

    private final Slots slots = new Slots(new Engine());
    private final Supplier<Scheduler> scheduler;
    private final Task<Void> task;

    /**
     * A worker whose task is named {@link #TASK}.
     *
     * @param scheduler returns the scheduler that was created with {@link #task()}; called when there is work
     */
    public DbSchedulerWorker(Supplier<Scheduler> scheduler) {
        this(TASK, scheduler);
    }

    /**
     * A worker with a task name of its own.
     *
     * @param name the task's name, the same in all processes and releases
     * @param scheduler returns the scheduler that was created with {@link #task()}; called when there is work
     */
    public DbSchedulerWorker(String name, Supplier<Scheduler> scheduler) {
        this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
        this.task = Tasks.custom(name, Void.class).execute(this::slice);
    }

    /**
     * The task, for the scheduler's list of known tasks. Processes without the registry don't need to know it.
     *
     * @return the task
     */
    public Task<Void> task() {
        return task;
    }

    @Override
    public void attach(Work work) {
        slots.attach(work);
    }

    @Override
    public void start(Work work) {
        slots.start(work);
    }

    @Override
    public void renew(Work work) {
        slots.renew(work);
    }

    private CompletionHandler<Void> slice(TaskInstance<Void> instance, ExecutionContext context) {
        Optional<Duration> again = slots.slice(instance.getId(), context.getSchedulerState()::isShuttingDown, SLICE);
        return again.isEmpty() ? new OnCompleteRemove<>() : new OnCompleteReschedule<>(FixedDelay.of(again.get()));
    }

    private final class Engine implements Slots.Engine {
        @Override
        public void schedule(String job, Duration within) {
            Scheduler to = scheduler.get();
            TaskInstance<Void> instance = task.instance(job);
            Instant now = Instant.now();
            try {
                if (!to.scheduleIfNotExists(instance, now) && isLater(job, now.plus(within))) {
                    to.reschedule(instance, now);
                }
            } catch (TaskInstanceException busy) {
                LOG.debug("the job {} was not removed: it is running, or already gone", instance, busy);
            }
            to.triggerCheckForDueExecutions();
        }

        @Override
        public void remove(String job) {
            if (known(job).isPresent()) {
                scheduler.get().cancel(task.instance(job));
            }
        }

        @Override
        public boolean isStuck(String job) {
            return known(job)
                    .filter(execution -> execution.isPicked()
                            && execution
                                    .getExecutionTime()
                                    .isBefore(Instant.now().minus(STUCK)))
                    .isPresent();
        }

        private boolean isLater(String job, Instant than) {
            return known(job)
                    .filter(execution -> execution.getExecutionTime().isAfter(than))
                    .isPresent();
        }

        private Optional<ScheduledExecution<Object>> known(String job) {
            return scheduler.get().getScheduledExecution(task.instance(job));
        }
    }

    /**
     * Does nothing: the steps have already been told to stop, the registry waits for them, and the application stops the
     * scheduler.
     */
    @Override
    public void close() {}
}
