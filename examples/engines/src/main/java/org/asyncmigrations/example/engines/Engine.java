package org.asyncmigrations.example.engines;

import com.github.kagkarlsson.scheduler.Scheduler;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.asyncmigrations.dbscheduler.DbSchedulerWorker;
import org.asyncmigrations.dispatch.RegistryBuilder;
import org.asyncmigrations.jobrunr.JobRunrProgress;
import org.asyncmigrations.jobrunr.JobRunrWorker;
import org.asyncmigrations.quartz.QuartzWorker;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.server.JobActivator;
import org.jobrunr.storage.sql.common.SqlStorageProviderFactory;
import org.jobrunr.utils.mapper.gson.GsonJsonMapper;
import org.quartz.SchedulerException;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;

/**
 * A job engine in one process, and how the registry uses it. Everything that differs between the engines is in this class.
 *
 * @param with sets the registry's worker
 * @param start begins to run jobs
 * @param stop stops the engine after its jobs have ended
 */
record Engine(UnaryOperator<RegistryBuilder<AsyncMigrationRegistry>> with, Call start, Call stop) {
    /** A call to the engine. */
    interface Call {
        void run() throws SchedulerException;
    }

    static Engine of(String name, DataSource database) throws SchedulerException {
        return switch (name) {
            case "db-scheduler" -> dbScheduler(database);
            case "quartz" -> quartz(database);
            case "jobrunr" -> jobRunr(database);
            case "embedded" -> new Engine(builder -> builder, () -> {}, () -> {});
            default ->
                throw new IllegalArgumentException(
                        "no engine is named " + name + "; db-scheduler, quartz, jobrunr, embedded");
        };
    }

    private static Engine dbScheduler(DataSource database) {
        AtomicReference<Scheduler> made = new AtomicReference<>();
        DbSchedulerWorker worker = new DbSchedulerWorker(made::get);
        made.set(Scheduler.create(database, worker.task())
                .threads(3)
                .pollingInterval(Duration.ofSeconds(1))
                .heartbeatInterval(Duration.ofSeconds(5))
                .enableImmediateExecution()
                .build());
        return new Engine(
                builder -> builder.worker(worker),
                () -> made.get().start(),
                () -> made.get().stop());
    }

    private static Engine quartz(DataSource database) throws SchedulerException {
        Properties properties = new Properties();
        properties.setProperty("org.quartz.scheduler.instanceName", "orders");
        properties.setProperty("org.quartz.scheduler.instanceId", "AUTO");
        properties.setProperty("org.quartz.scheduler.interruptJobsOnShutdownWithWait", "true");
        properties.setProperty("org.quartz.threadPool.threadCount", "3");
        properties.setProperty("org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
        properties.setProperty(
                "org.quartz.jobStore.driverDelegateClass", "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate");
        properties.setProperty("org.quartz.jobStore.isClustered", "true");
        properties.setProperty("org.quartz.jobStore.clusterCheckinInterval", "2000");
        properties.setProperty("org.quartz.jobStore.dataSource", "orders");
        DBConnectionManager.getInstance().addConnectionProvider("orders", new OfPool(database));
        org.quartz.Scheduler scheduler = new StdSchedulerFactory(properties).getScheduler();
        QuartzWorker worker = new QuartzWorker(scheduler);
        return new Engine(builder -> builder.worker(worker), scheduler::start, () -> scheduler.shutdown(true));
    }

    /** The connections for Quartz. */
    private record OfPool(DataSource pool) implements ConnectionProvider {
        @Override
        public Connection getConnection() throws SQLException {
            return pool.getConnection();
        }

        @Override
        public void shutdown() {
            // The application closes the pool.
        }

        @Override
        public void initialize() {
            // The pool exists already.
        }
    }

    private static Engine jobRunr(DataSource database) {
        JobRunrWorker worker = new JobRunrWorker(JobRunr::getBackgroundJobServer);
        JobActivator activator = new JobActivator() {
            @Override
            public <T> T activateJob(Class<T> type) {
                return type.cast(worker);
            }
        };
        JobRunr.configure()
                .useJsonMapper(new GsonJsonMapper())
                .useJobActivator(activator)
                .useStorageProvider(SqlStorageProviderFactory.using(database))
                .useBackgroundJobServer(
                        BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                                .andPollIntervalInSeconds(5)
                                .andWorkerCount(4),
                        false)
                .initialize();
        return new Engine(
                builder -> builder.worker(worker).listener(new JobRunrProgress()),
                () -> JobRunr.getBackgroundJobServer().start(),
                () -> JobRunr.getBackgroundJobServer().stop());
    }
}
