package org.asyncmigrations.benchmarks.backfill.way;

import javax.sql.DataSource;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/**
 * Spring Batch, row by row. The time begins after its tables have been created and its application context has started.
 *
 * @param partitions how many partitions of the keys, each with its own thread
 */
record SpringBatch(int partitions) implements Way {
    @Override
    public Work prepare(Filling filling) {
        DataSource pool = filling.pool();
        String schema =
                "org/springframework/batch/core/schema-" + (filling.mariaDb() ? "mariadb" : "postgresql") + ".sql";
        new ResourceDatabasePopulator(new ClassPathResource(schema)).execute(pool);
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.registerBean("dataSource", DataSource.class, () -> pool);
        context.registerBean(Filling.class, () -> filling);
        context.registerBean(SpringBatch.class, () -> this);
        context.register(SpringBatchJob.class);
        context.refresh();
        return () -> {
            try (context) {
                run(context.getBean(JobOperator.class), context.getBean(Job.class));
            }
        };
    }

    private static void run(JobOperator operator, Job job) throws Exception {
        JobExecution execution = operator.start(job, new JobParameters());
        if (execution.getStatus() != BatchStatus.COMPLETED) {
            throw new IllegalStateException(execution.toString());
        }
    }
}
