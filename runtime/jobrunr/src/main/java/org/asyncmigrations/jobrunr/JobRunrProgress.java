package org.asyncmigrations.jobrunr;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.asyncmigrations.BatchEvent;
import org.asyncmigrations.DispatchListener;
import org.asyncmigrations.MigrationEvent;
import org.asyncmigrations.MigrationRegistry;
import org.asyncmigrations.MigrationStatus;
import org.jobrunr.jobs.context.JobContext;
import org.jobrunr.server.runner.ThreadLocalJobContext;
import org.jspecify.annotations.Nullable;

/**
 * Shows in JobRunr's dashboard what a job does: the migration's progress as the progress bar, and its events in the job's log.
 * For one registry that has a {@link JobRunrWorker}. Thread-safe.
 */
public final class JobRunrProgress implements DispatchListener {
    /** JobRunr doesn't save the progress bar more often. */
    private static final Duration EACH = Duration.ofSeconds(5);

    private final AtomicLong readAt = new AtomicLong(System.nanoTime() - EACH.toNanos());
    private volatile @Nullable MigrationRegistry registry;
    private volatile long percent;

    /** A listener for one registry, whose builder sets it. */
    public JobRunrProgress() {
        // onBuilt sets the registry.
    }

    @Override
    public void onBuilt(MigrationRegistry built) {
        registry = built;
    }

    @Override
    public void onEvent(MigrationEvent event) {
        if (ThreadLocalJobContext.hasJobContext()) {
            String detail = event.detail() == null ? "" : ": " + event.detail();
            context().logger().info("migration " + event.version() + " " + event.event() + detail);
        }
    }

    @Override
    public void onBatch(BatchEvent batch) {
        if (ThreadLocalJobContext.hasJobContext()) {
            read(batch.version());
            context().progressBar(100).setProgress(percent);
        }
    }

    private static JobContext context() {
        return ThreadLocalJobContext.getJobContext();
    }

    /** Reads the progress at most once in 5 seconds for all jobs of this process. */
    private void read(long version) {
        long last = readAt.get();
        long now = System.nanoTime();
        MigrationRegistry asked = registry;
        if (asked != null && now - last >= EACH.toNanos() && readAt.compareAndSet(last, now)) {
            MigrationStatus status = asked.status().of(version);
            percent = status == null ? 0 : Math.round(100 * status.progress().share());
        }
    }
}
