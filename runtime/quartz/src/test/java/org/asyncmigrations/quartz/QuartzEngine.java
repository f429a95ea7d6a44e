package org.asyncmigrations.quartz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.UUID;
import javax.sql.DataSource;
import org.asyncmigrations.dispatch.Worker;
import org.asyncmigrations.testing.worker.WorkerSuite;
import org.jooq.DSLContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.impl.SchedulerRepository;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.impl.jdbcjobstore.JobStoreTX;
import org.quartz.impl.jdbcjobstore.PostgreSQLDelegate;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;

/** A node of a cluster with a worker on it: schedulers of one name in one JVM must not know each other. Safe for threads. */
final class QuartzEngine implements WorkerSuite.Engine {
    private static final String NAME = "suite";

    private record OfSuite(DataSource dataSource) implements ConnectionProvider {
        @Override
        public Connection getConnection() throws SQLException {
            return dataSource.getConnection();
        }

        @Override
        public void shutdown() {
            // The server's end is the JVM's.
        }

        @Override
        public void initialize() {
            // There is no pool.
        }
    }

    private final Scheduler scheduler;
    private final QuartzWorker worker;

    QuartzEngine(DataSource database) {
        Properties properties = new Properties();
        properties.setProperty(StdSchedulerFactory.PROP_SCHED_INSTANCE_NAME, NAME);
        properties.setProperty(
                StdSchedulerFactory.PROP_SCHED_INSTANCE_ID, UUID.randomUUID().toString());
        properties.setProperty(StdSchedulerFactory.PROP_SCHED_INTERRUPT_JOBS_ON_SHUTDOWN_WITH_WAIT, "true");
        properties.setProperty("org.quartz.threadPool.threadCount", "3");
        properties.setProperty("org.quartz.scheduler.idleWaitTime", "1000");
        properties.setProperty("org.quartz.jobStore.class", JobStoreTX.class.getName());
        properties.setProperty("org.quartz.jobStore.driverDelegateClass", PostgreSQLDelegate.class.getName());
        properties.setProperty("org.quartz.jobStore.isClustered", "true");
        properties.setProperty("org.quartz.jobStore.clusterCheckinInterval", "500");
        properties.setProperty("org.quartz.jobStore.dataSource", NAME);
        DBConnectionManager.getInstance().addConnectionProvider(NAME, new OfSuite(database));
        try {
            scheduler = new StdSchedulerFactory(properties).getScheduler();
            SchedulerRepository.getInstance().remove(NAME);
        } catch (SchedulerException failure) {
            throw new IllegalStateException(failure);
        }
        worker = new QuartzWorker(scheduler);
    }

    @Override
    public Worker worker() {
        return worker;
    }

    @Override
    public void start() {
        try {
            scheduler.start();
        } catch (SchedulerException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        try {
            scheduler.shutdown(true);
        } catch (SchedulerException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public boolean isClosing() {
        try {
            return scheduler.isInStandbyMode();
        } catch (SchedulerException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Quartz brings the statements. */
    static void createTables(DSLContext dsl) {
        try (InputStream script = Scheduler.class.getResourceAsStream("impl/jdbcjobstore/tables_postgres.sql")) {
            String all = new String(script.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^\\s*--.*$", "");
            for (String statement : all.split(";")) {
                if (!statement.isBlank()) {
                    dsl.execute(statement);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
