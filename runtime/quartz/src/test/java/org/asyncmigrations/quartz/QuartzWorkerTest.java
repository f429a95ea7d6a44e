package org.asyncmigrations.quartz;

import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import org.asyncmigrations.testing.worker.WorkerSuite;
import org.jooq.DSLContext;

class QuartzWorkerTest extends WorkerSuite {
    @Override
    protected Engine engine() {
        return new QuartzEngine(database());
    }

    @Override
    protected void createTables(DSLContext dsl) {
        QuartzEngine.createTables(dsl);
    }

    @Override
    protected int jobs(DSLContext dsl) {
        return dsl.fetchCount(table(name("qrtz_job_details")));
    }

    @Override
    protected void loseJobs(DSLContext dsl) {
        for (String lost : new String[] {"fired_triggers", "simple_triggers", "triggers", "job_details"}) {
            dsl.deleteFrom(table(name("qrtz_" + lost))).execute();
        }
    }

    /** What a process without the class of the job does with its trigger. */
    @Override
    protected void strandJobs(DSLContext dsl) {
        dsl.execute("update qrtz_triggers set trigger_state = 'ERROR'");
    }

    @Override
    protected boolean wereTaken(DSLContext dsl) {
        return dsl.fetchCount(
                        table(name("qrtz_triggers")),
                        org.jooq
                                .impl
                                .DSL
                                .field(name("next_fire_time"), Long.class)
                                .gt(System.currentTimeMillis()))
                == dsl.fetchCount(table(name("qrtz_job_details")));
    }

    /** Quartz keeps none: a trigger whose job has thrown ends in the state ERROR. */
    @Override
    protected int failedJobs(DSLContext dsl) {
        return dsl.fetchCount(
                table(name("qrtz_triggers")),
                org.jooq.impl.DSL.field(name("trigger_state")).eq("ERROR"));
    }
}
