package org.asyncmigrations.quartz;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.asyncmigrations.dispatch.Step;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on the threads of Quartz: a durable job with one trigger for each worker of the builder's {@code threads}. A job runs for at
 * most 15 seconds at a time, sets its trigger anew, and is deleted when nothing is left to do. For one registry; another one needs a
 * worker and a group of its own. Safe for threads.
 */
public final class QuartzWorker implements Worker {
    /** The group of the jobs and triggers, unless the constructor is given another. */
    public static final String GROUP = "async-migrations";

    private static final Logger LOG = LoggerFactory.getLogger(QuartzWorker.class);

    private static final Duration SLICE = Duration.ofSeconds(15);

    /** Until a job that this process cannot work for is tried again, by whichever process takes it. */
    private static final Duration ELSEWHERE = Duration.ofSeconds(1);

    private final AtomicBoolean renewing = new AtomicBoolean();
    private final Scheduler scheduler;
    private final String group;
    private volatile @Nullable Work work;

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
     * @throws IllegalStateException when the scheduler cannot be used
     */
    public QuartzWorker(String group, Scheduler scheduler) {
        this.group = Objects.requireNonNull(group, "group");
        this.scheduler = scheduler;
        try {
            // Quartz makes the jobs itself, also those that another process has scheduled.
            scheduler.getContext().put(key(group), this);
        } catch (SchedulerException unusable) {
            throw new IllegalStateException("the scheduler cannot be used", unusable);
        }
    }

    private static String key(String group) {
        return QuartzWorker.class.getName() + " " + group;
    }

    /** {@return the worker of a job's group in this process, null if it has none} */
    static @Nullable QuartzWorker of(Scheduler scheduler, String group) throws SchedulerException {
        return (QuartzWorker) scheduler.getContext().get(key(group));
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
        Thread thread = new Thread(scheduling, "async-migrations-schedule");
        thread.setDaemon(true);
        thread.start();
    }

    private void schedule(Work given, boolean atOnce) {
        try {
            for (int number = 1; number <= given.threads(); number++) {
                schedule(given.build() + "-" + number, atOnce);
            }
        } catch (SchedulerException | RuntimeException failure) {
            LOG.warn("the work could not be scheduled, and is again with the next heartbeat", failure);
        }
    }

    private void schedule(String name, boolean atOnce) throws SchedulerException {
        JobDetail job = JobBuilder.newJob(SliceJob.class)
                .withIdentity(name, group)
                .storeDurably()
                .requestRecovery()
                .build();
        Trigger trigger = trigger(job.getKey(), Duration.ZERO);
        if (!scheduler.checkExists(job.getKey())) {
            scheduler.scheduleJob(job, Set.of(trigger), true);
        } else if (!scheduler.checkExists(trigger.getKey())) {
            scheduler.scheduleJob(trigger);
        } else if (atOnce || scheduler.getTriggerState(trigger.getKey()) == Trigger.TriggerState.ERROR) {
            // Releases of before this library do not have the class of the job, and put the trigger aside.
            scheduler.rescheduleJob(trigger.getKey(), trigger);
        }
    }

    private static Trigger trigger(JobKey job, Duration in) {
        return TriggerBuilder.newTrigger()
                .withIdentity(TriggerKey.triggerKey(job.getName(), job.getGroup()))
                .forJob(job)
                .startAt(Date.from(Instant.now().plus(in)))
                .withSchedule(SimpleScheduleBuilder.simpleSchedule().withMisfireHandlingInstructionFireNow())
                .build();
    }

    /** Works for a while, and says when the job is to run again. */
    void slice(JobKey job, StopSignal stop) throws SchedulerException {
        Work mine = work;
        if (mine == null || mine.isStopped()) {
            again(job, ELSEWHERE);
            return;
        }
        boolean isOwn = build(job).equals(mine.build());
        if (!isOwn && !mine.isLive(build(job))) {
            scheduler.deleteJob(job);
            return;
        }
        Step step = mine.slice(stop, SLICE);
        if (step.kind() != Step.Kind.FINISHED) {
            again(job, step.again());
        } else if (mine.isStopped() || !isOwn) {
            // The registry was stopped meanwhile, or another build may have work that this one does not know.
            again(job, ELSEWHERE);
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

    private static String build(JobKey job) {
        return job.getName().substring(0, Math.max(0, job.getName().lastIndexOf('-')));
    }

    /** The steps have been told to stop, and the registry waits for them; the scheduler is the application's to stop. */
    @Override
    public void close() {}
}
