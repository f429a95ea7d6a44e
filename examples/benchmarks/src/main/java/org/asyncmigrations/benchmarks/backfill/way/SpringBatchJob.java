package org.asyncmigrations.benchmarks.backfill.way;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.batch.core.configuration.annotation.EnableBatchProcessing;
import org.springframework.batch.core.configuration.annotation.EnableJdbcJobRepository;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.listener.ChunkListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.database.JdbcBatchItemWriter;
import org.springframework.batch.infrastructure.item.database.JdbcPagingItemReader;
import org.springframework.batch.infrastructure.item.database.Order;
import org.springframework.batch.infrastructure.item.database.builder.JdbcBatchItemWriterBuilder;
import org.springframework.batch.infrastructure.item.database.builder.JdbcPagingItemReaderBuilder;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** The job as in Spring Batch's documentation: a paging reader, a processor and a batch writer; restartable. */
@Configuration(proxyBeanMethods = false)
@EnableBatchProcessing
@EnableJdbcJobRepository
class SpringBatchJob {
    /** Pages and chunks have the same, fairly large size, as the Javadoc of JdbcPagingItemReader recommends. */
    private static final int CHUNK = 1_000;

    /** A row as it is read, and, with another email, as it is written. */
    record Customer(long id, String email) {}

    @Bean
    PlatformTransactionManager transactionManager(DataSource dataSource) {
        return new JdbcTransactionManager(dataSource);
    }

    @Bean
    Job job(JobRepository repository, Step fill, SpringBatch way, Filling filling) {
        Step partitioned = new StepBuilder("partitioned", repository)
                .partitioner("fill", size -> partitions(filling.stretches(size)))
                .step(fill)
                .gridSize(way.partitions())
                .taskExecutor(new SimpleAsyncTaskExecutor("partition-"))
                .build();
        return new JobBuilder("normalize emails", repository).start(partitioned).build();
    }

    private static Map<String, ExecutionContext> partitions(List<Filling.Keys> stretches) {
        Map<String, ExecutionContext> partitions = new HashMap<>();
        for (Filling.Keys keys : stretches) {
            ExecutionContext context = new ExecutionContext();
            context.putLong("after", keys.after());
            context.putLong("upTo", keys.upTo());
            partitions.put("after " + keys.after(), context);
        }
        return partitions;
    }

    @Bean
    Step fill(
            JobRepository repository,
            PlatformTransactionManager transactions,
            JdbcPagingItemReader<Customer> reader,
            JdbcBatchItemWriter<Customer> writer,
            Filling filling) {
        return new StepBuilder("fill", repository)
                .<Customer, Customer>chunk(CHUNK)
                .transactionManager(transactions)
                .reader(reader)
                .processor(SpringBatchJob::normalized)
                .writer(writer)
                .listener(told(filling.trace()))
                .build();
    }

    private static Customer normalized(Customer customer) {
        return new Customer(customer.id(), customer.email().trim().toLowerCase(Locale.ROOT));
    }

    private static ChunkListener<Customer, Customer> told(Trace trace) {
        return new ChunkListener<>() {
            @Override
            public void afterChunk(Chunk<Customer> chunk) {
                trace.batch(chunk.size());
            }
        };
    }

    @Bean
    @StepScope
    JdbcPagingItemReader<Customer> reader(
            DataSource dataSource,
            @Value("#{stepExecutionContext['after']}") Long after,
            @Value("#{stepExecutionContext['upTo']}") Long upTo)
            throws Exception {
        return new JdbcPagingItemReaderBuilder<Customer>()
                .name("customers")
                .dataSource(dataSource)
                .selectClause("id, email")
                .fromClause("customers")
                .whereClause("id > :after and id <= :upTo")
                .parameterValues(Map.of("after", after, "upTo", upTo))
                .sortKeys(Map.of("id", Order.ASCENDING))
                .pageSize(CHUNK)
                .fetchSize(CHUNK)
                .rowMapper((row, number) -> new Customer(row.getLong(1), row.getString(2)))
                .build();
    }

    @Bean
    JdbcBatchItemWriter<Customer> writer(DataSource dataSource) {
        return new JdbcBatchItemWriterBuilder<Customer>()
                .dataSource(dataSource)
                .sql("update customers set email_normalized = ? where id = ?")
                .itemPreparedStatementSetter((customer, update) -> {
                    update.setString(1, customer.email());
                    update.setLong(2, customer.id());
                })
                .build();
    }
}
