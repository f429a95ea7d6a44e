package org.asyncmigrations.jobrunr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.asyncmigrations.testing.worker.WorkerSuite;
import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.context.JobDashboardLogger;
import org.jobrunr.jobs.context.JobDashboardProgressBar;
import org.jobrunr.jobs.states.StateName;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.storage.Paging.AmountBasedList;
import org.jobrunr.storage.StorageProvider;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Table;

class JobRunrWorkerTest extends WorkerSuite {
    private static final Table<Record> RUNS = table(name("jobrunr_jobs"));
    private static final Table<Record> RECURRING = table(name("jobrunr_recurring_jobs"));

    @Override
    protected Engine engine() {
        return new JobRunrEngine(database());
    }

    @Override
    protected void createTables(DSLContext dsl) {
        JobRunrEngine.createTables(dsl);
    }

    @Override
    protected int jobs(DSLContext dsl) {
        return dsl.fetchCount(RECURRING);
    }

    @Override
    protected void loseJobs(DSLContext dsl) {
        dsl.truncate(RUNS).execute();
        dsl.truncate(RECURRING).execute();
    }

    /** A process that was killed leaves them so, until a master notices. */
    @Override
    protected void strandJobs(DSLContext dsl) {
        BackgroundJobServer killed = new JobRunrEngine(database()).server();
        List<Job> runs = killed.getStorageProvider().getJobList(StateName.ENQUEUED, AmountBasedList.ascOnUpdatedAt(10));
        runs.forEach(run -> run.startProcessingOn(killed));
        killed.getStorageProvider().save(runs);
    }

    @Override
    protected boolean wereTaken(DSLContext dsl) {
        return dsl.fetchCount(RUNS, condition("state = 'SUCCEEDED'")) >= jobs(dsl);
    }

    /** Also those that JobRunr has tried again. */
    @Override
    protected int failedJobs(DSLContext dsl) {
        return dsl.fetchCount(RUNS, condition("jobAsJson like '%FAILED%'"));
    }

    /** What has worked has said so in its log. */
    @Override
    protected int pileUpJobs(DSLContext dsl) {
        StorageProvider storage = new JobRunrEngine(database()).server().getStorageProvider();
        List<Job> running = storage.getJobList(StateName.PROCESSING, AmountBasedList.ascOnUpdatedAt(10));
        List<Job> more = storage.getRecurringJobs().stream()
                .flatMap(job -> Stream.of(job.toEnqueuedJob(), job.toEnqueuedJob()))
                .toList();
        storage.save(more);
        List<Job> ended;
        do {
            pause();
            ended = more.stream().map(job -> storage.getJobById(job.getId())).toList();
        } while (!ended.stream().allMatch(job -> job.hasState(StateName.SUCCEEDED)));
        List<Optional<String>> stillRunning = running.stream()
                .map(job -> storage.getJobById(job.getId()))
                .filter(job -> job.hasState(StateName.PROCESSING))
                .map(Job::getRecurringJobId)
                .toList();
        assertThat(stillRunning).isNotEmpty();
        awaitShown(storage, running);
        return (int) ended.stream()
                .filter(job -> stillRunning.contains(job.getRecurringJobId()))
                .filter(JobRunrWorkerTest::hasLog)
                .count();
    }

    /**
     * The test's timeout ends it: the dashboard has the events and the progress of what is in a batch, with JobRunr's next poll. The
     * table has one range, and the worker that has it need not be the one that started the migration, which has logged that.
     */
    private static void awaitShown(StorageProvider storage, List<Job> running) {
        List<Job> shown;
        do {
            pause();
            shown = running.stream().map(job -> storage.getJobById(job.getId())).toList();
        } while (shown.stream().noneMatch(JobRunrWorkerTest::hasLog)
                || shown.stream().noneMatch(job -> JobDashboardProgressBar.get(job) != null));
    }

    /** Between two looks; the suite's timeout interrupts it. */
    private static void pause() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    /** JobRunr gives each run a log, most of them an empty one. */
    private static boolean hasLog(Job job) {
        return job.getMetadata().values().stream()
                .anyMatch(shown -> shown instanceof JobDashboardLogger.JobDashboardLogLines log
                        && !log.getLogLines().isEmpty());
    }
}
