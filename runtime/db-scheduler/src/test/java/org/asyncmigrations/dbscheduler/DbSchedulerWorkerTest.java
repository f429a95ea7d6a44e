package org.asyncmigrations.dbscheduler;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import com.github.kagkarlsson.scheduler.Scheduler;
import java.time.Duration;
import org.asyncmigrations.dispatch.Worker;
import org.asyncmigrations.testing.worker.WorkerSuite;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Table;

class DbSchedulerWorkerTest extends WorkerSuite {
    private static final Table<Record> TASKS = table(name("scheduled_tasks"));

    private final class OfDbScheduler implements Engine {
        private Scheduler scheduler;
        private final DbSchedulerWorker worker = new DbSchedulerWorker(() -> scheduler);

        OfDbScheduler() {
            scheduler = Scheduler.create(database(), worker.task())
                    .threads(3)
                    .pollingInterval(Duration.ofMillis(50))
                    .build();
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
    }

    @Override
    protected Engine engine() {
        return new OfDbScheduler();
    }

    @Override
    protected void createTables(DSLContext dsl) {
        dsl.execute(
                "create table scheduled_tasks (task_name text not null, task_instance text not null, task_data bytea,"
                        + " execution_time timestamptz not null, picked boolean not null, picked_by text, last_success timestamptz,"
                        + " last_failure timestamptz, consecutive_failures int, last_heartbeat timestamptz, version bigint not null,"
                        + " priority smallint, primary key (task_name, task_instance))");
    }

    @Override
    protected int jobs(DSLContext dsl) {
        return dsl.fetchCount(TASKS);
    }

    @Override
    protected void loseJobs(DSLContext dsl) {
        dsl.truncate(TASKS).execute();
    }

    @Override
    protected int failedJobs(DSLContext dsl) {
        return dsl.fetchCount(TASKS, field(name("last_failure")).isNotNull());
    }
}
