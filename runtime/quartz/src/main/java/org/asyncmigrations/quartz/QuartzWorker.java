package org.asyncmigrations.quartz;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.asyncmigrations.dispatch.Slots;
import org.asyncmigrations.dispatch.StopSignal;
import org.asyncmigrations.dispatch.Work;
import org.asyncmigrations.dispatch.Worker;
import org.jspecify.annotations.Nullable;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;

/**
 * Runs the work on the threads of Quartz: a durable job with one trigger for each worker of the builder's {@code threads}. A job
 * runs for at most 15 seconds at a time, reschedules its trigger, and is deleted when nothing is left to do. For one registry;
 * another registry needs its own worker and group. Thread-safe.
 */
public final class QuartzWorker implements Worker {
    /** The group of the jobs and triggers, unless the constructor is given another. */
    public static final String GROUP = "async-migrations";

    private static final Duration SLICE = Duration.ofSeconds(15);

    private final Slots slots = new Slots(new Engine());
    private final Scheduler scheduler;
    private final String group;

    /**
     * A worker whose jobs are in the group {@link #GROUP}.
     *
     * @param scheduler the scheduler, started or not
     */
    public QuartzWorker(Scheduler scheduler) {
        this(GROUP, scheduler);
    }

    /**
     * A worker with a group of its own.
     *
     * @param group the group of the jobs and triggers, the same in all processes and releases
     * @param scheduler the scheduler, started or not
     * @throws IllegalStateException if the scheduler can't be used
     */
    public QuartzWorker(String group, Scheduler scheduler) {
        this.group = Objects.requireNonNull(group, "group");
        this.scheduler = scheduler;
        try {
            // Quartz creates the job objects, also for jobs that another process has scheduled; they find this worker
            // here.
            scheduler.getContext().put(key(group), this);
        } catch (SchedulerException unusable) {
            throw new IllegalStateException("the scheduler cannot be used", unusable);
        }
    }

    private static String key(String group) {
        return QuartzWorker.class.getName() + " " + group;
    }

    /** {@return this process's worker for a group of jobs, null if it has none} */
    static @Nullable QuartzWorker of(Scheduler scheduler, String group) throws SchedulerException {
        return (QuartzWorker) scheduler.getContext().get(key(group));
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

    /** {@return whether a trigger fires later than in this time; while its job runs, it has no next time} */
    private static boolean isLater(Trigger trigger, Duration than) {
        Date next = trigger.getNextFireTime();
        return next != null && next.after(Date.from(Instant.now().plus(than)));
    }

    private static Trigger trigger(JobKey job, Duration in) {
        return TriggerBuilder.newTrigger()
                .withIdentity(TriggerKey.triggerKey(job.getName(), job.getGroup()))
                .forJob(job)
                .startAt(Date.from(Instant.now().plus(in)))
                .withSchedule(SimpleScheduleBuilder.simpleSchedule().withMisfireHandlingInstructionFireNow())
                .build();
    }

    /** Works for one slice, then schedules the job's next run or deletes the job. */
    void slice(JobKey job, StopSignal stop) throws SchedulerException {
        Optional<Duration> again = slots.slice(job.getName(), stop, SLICE);
        if (again.isPresent()) {
            again(job, again.get());
        } else {
            scheduler.deleteJob(job);
        }
    }

    private void again(JobKey job, Duration in) throws SchedulerException {
        Trigger trigger = trigger(job, in);
        if (scheduler.rescheduleJob(trigger.getKey(), trigger) == null && scheduler.checkExists(job)) {
            scheduler.scheduleJob(trigger);
        }
    }

    private final class Engine implements Slots.Engine {
        @Override
        public void schedule(String name, Duration within) throws SchedulerException {
            JobDetail job = JobBuilder.newJob(SliceJob.class)
                    .withIdentity(name, group)
                    .storeDurably()
                    .requestRecovery()
                    .build();
            Trigger trigger = trigger(job.getKey(), Duration.ZERO);
            Trigger known = scheduler.getTrigger(trigger.getKey());
            if (!scheduler.checkExists(job.getKey())) {
                scheduler.scheduleJob(job, Set.of(trigger), true);
            } else if (known == null) {
                scheduler.scheduleJob(trigger);
            } else if (isLater(known, within)
                    || scheduler.getTriggerState(trigger.getKey()) == Trigger.TriggerState.ERROR) {
                // Releases without this library don't have the job's class; if one of them runs it, the trigger ends in
                // the state ERROR.
                scheduler.rescheduleJob(trigger.getKey(), trigger);
            }
        }

        @Override
        public void remove(String name) throws SchedulerException {
            scheduler.deleteJob(JobKey.jobKey(name, group));
        }
    }

    /**
     * Does nothing: the steps have already been told to stop, the registry waits for them, and the application stops the
     * scheduler.
     */
    @Override
    public void close() {}
}
