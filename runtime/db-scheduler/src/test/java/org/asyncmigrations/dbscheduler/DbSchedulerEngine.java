package org.asyncmigrations.dbscheduler;

import com.github.kagkarlsson.scheduler.Scheduler;
import java.time.Duration;
import javax.sql.DataSource;
import org.asyncmigrations.dispatch.Worker;
import org.asyncmigrations.testing.worker.WorkerSuite;
import org.jooq.DSLContext;

/** A scheduler with a worker on it. Safe for threads. */
final class DbSchedulerEngine implements WorkerSuite.Engine {
    private final Scheduler scheduler;
    private final DbSchedulerWorker worker = new DbSchedulerWorker(this::scheduler);

    DbSchedulerEngine(DataSource database, Duration heartbeat) {
        scheduler = Scheduler.create(database, worker.task())
                .threads(3)
                .pollingInterval(Duration.ofMillis(50))
                .heartbeatInterval(heartbeat)
                .build();
    }

    private Scheduler scheduler() {
        return scheduler;
    }

    @Override
    public Worker worker() {
        return worker;
    }

    @Override
    public void start() {
        scheduler.start();
    }

    @Override
    public void close() {
        scheduler.stop();
    }

    @Override
    public boolean isClosing() {
        return scheduler.getSchedulerState().isShuttingDown();
    }

    static void createTables(DSLContext dsl) {
        dsl.execute(
                "create table scheduled_tasks (task_name text not null, task_instance text not null, task_data bytea,"
                        + " execution_time timestamptz not null, picked boolean not null, picked_by text, last_success timestamptz,"
                        + " last_failure timestamptz, consecutive_failures int, last_heartbeat timestamptz, version bigint not null,"
                        + " priority smallint, primary key (task_name, task_instance))");
    }
}
