package org.asyncmigrations.quartz;

import org.quartz.DisallowConcurrentExecution;
import org.quartz.InterruptableJob;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A slice of the work. Only Quartz creates it. Thread-safe. */
@DisallowConcurrentExecution
public final class SliceJob implements InterruptableJob {
    private static final Logger LOG = LoggerFactory.getLogger(SliceJob.class);

    private volatile boolean interrupted;

    /** For Quartz. */
    public SliceJob() {
        // The scheduler that runs the job has the worker.
    }

    /** Doesn't throw. If the job couldn't be scheduled again, the next heartbeat does it. */
    @Override
    public void execute(JobExecutionContext context) {
        JobKey job = context.getJobDetail().getKey();
        Scheduler scheduler = context.getScheduler();
        try {
            QuartzWorker worker = QuartzWorker.of(scheduler, job.getGroup());
            if (worker != null) {
                worker.slice(job, () -> interrupted || isStopping(scheduler));
            }
        } catch (SchedulerException | RuntimeException failure) {
            LOG.warn("{} could not be scheduled again; trying again with the next heartbeat", job, failure);
        }
    }

    /** During a shutdown, Quartz first goes into standby and waits for its jobs; only then does it report the shutdown. */
    private static boolean isStopping(Scheduler scheduler) {
        try {
            return scheduler.isInStandbyMode() || scheduler.isShutdown();
        } catch (SchedulerException unknown) {
            return true;
        }
    }

    @Override
    public void interrupt() {
        interrupted = true;
    }
}
