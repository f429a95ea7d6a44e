package org.asyncmigrations.jobrunr;

import java.time.Duration;
import javax.sql.DataSource;
import org.asyncmigrations.DispatchListener;
import org.asyncmigrations.dispatch.Worker;
import org.asyncmigrations.testing.worker.WorkerSuite;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.server.JobActivator;
import org.jobrunr.storage.StorageProvider;
import org.jobrunr.storage.ThreadSafeStorageProvider;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;
import org.jobrunr.utils.mapper.gson.GsonJsonMapper;
import org.jooq.DSLContext;
import org.jooq.impl.DataSourceConnectionProvider;

/** A server with a worker on it. Safe for threads. */
final class JobRunrEngine implements WorkerSuite.Engine {
    private static final Duration POLL = Duration.ofMillis(200);

    /** JobRunr polls each 5 seconds at most, and each 200 ms only in memory. */
    private static final class PolledOften extends ThreadSafeStorageProvider {
        PolledOften(StorageProvider storage) {
            super(storage);
        }

        @Override
        public void validatePollInterval(Duration pollInterval) {
            // No test waits longer than it must.
        }

        @Override
        public void validateRecurringJobInterval(Duration interval) {
            // As above.
        }
    }

    private final BackgroundJobServer server;
    private final JobRunrWorker worker = new JobRunrWorker(this::server);
    private final JobRunrProgress progress = new JobRunrProgress();

    JobRunrEngine(DataSource database) {
        GsonJsonMapper json = new GsonJsonMapper();
        StorageProvider storage = new PolledOften(new PostgresStorageProvider(database));
        storage.setJobMapper(new JobMapper(json));
        JobActivator activator = new JobActivator() {
            @Override
            public <T> T activateJob(Class<T> type) {
                return type.cast(worker);
            }
        };
        server = new BackgroundJobServer(
                storage,
                json,
                activator,
                BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                        .andPollInterval(POLL)
                        // A process on a busy machine must not be taken for dead.
                        .andServerTimeoutPollIntervalMultiplicand(25)
                        .andWorkerCount(4));
    }

    BackgroundJobServer server() {
        return server;
    }

    @Override
    public Worker worker() {
        return worker;
    }

    @Override
    public DispatchListener listener() {
        return progress;
    }

    @Override
    public void start() {
        server.start();
    }

    @Override
    public void close() {
        server.stop();
    }

    @Override
    public boolean isClosing() {
        return !server.isRunning();
    }

    /** JobRunr makes them when it has none. */
    static void createTables(DSLContext dsl) {
        DataSourceConnectionProvider connections =
                (DataSourceConnectionProvider) dsl.configuration().connectionProvider();
        new PostgresStorageProvider(connections.dataSource());
    }
}
