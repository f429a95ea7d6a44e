package org.asyncmigrations.dbscheduler;

import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import java.time.Duration;
import org.asyncmigrations.testing.worker.WorkerSuite;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Table;

class DbSchedulerWorkerTest extends WorkerSuite {
    private static final Table<Record> TASKS = table(name("scheduled_tasks"));

    @Override
    protected Engine engine() {
        return new DbSchedulerEngine(database(), Duration.ofMinutes(5));
    }

    @Override
    protected void createTables(DSLContext dsl) {
        DbSchedulerEngine.createTables(dsl);
    }

    @Override
    protected int jobs(DSLContext dsl) {
        return dsl.fetchCount(TASKS);
    }

    @Override
    protected void loseJobs(DSLContext dsl) {
        dsl.truncate(TASKS).execute();
    }

    /** A process that was killed in the middle of them leaves them picked, and the engine takes half an hour to notice. */
    @Override
    protected void strandJobs(DSLContext dsl) {
        dsl.execute("update scheduled_tasks set picked = true, picked_by = 'killed', version = version + 1,"
                + " execution_time = now() - interval '31 seconds', last_heartbeat = now() - interval '31 seconds'");
    }

    @Override
    protected boolean wereTaken(DSLContext dsl) {
        return dsl.fetchCount(TASKS, condition("execution_time > now()")) == jobs(dsl);
    }

    @Override
    protected int failedJobs(DSLContext dsl) {
        return dsl.fetchCount(TASKS, field(name("last_failure")).isNotNull());
    }
}
