package org.asyncmigrations.testing.worker;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.asyncmigrations.dispatch.Dispatcher;
import org.asyncmigrations.dispatch.RegistryBuilder;

/** What runs in a process that {@link KillSuite} kills: an engine with a registry on it. Without state. */
public final class KilledNode {
    /** Said when the first batch of this process has been committed. */
    static final String WORKING = "working";

    private KilledNode() {}

    /**
     * Works until the process ends, by a kill or with the one that has started it.
     *
     * @param database the database of the test
     * @param engine an engine on it, not started
     * @throws IOException when the process that has started this one cannot be listened to
     */
    public static void run(DataSource database, WorkerSuite.Engine engine) throws IOException {
        AtomicBoolean works = new AtomicBoolean();
        Dispatcher registry = RegistryBuilder.of(database, new OneBackfill())
                .worker(engine.worker())
                .threads(2)
                // Each kill is one, and that they are counted is not what is looked at here.
                .maxAttempts(1_000_000)
                // The shortest that a builder takes: no test waits longer than it must.
                .claimTime(Duration.ofSeconds(1))
                .pollEvery(Duration.ofMillis(50))
                .targetBatchTime(Duration.ofMillis(20))
                .listener(new WorkerSuite.OnBatch(() -> {
                    if (works.compareAndSet(false, true)) {
                        System.out.println(WORKING);
                    }
                }))
                .build();
        engine.start();
        registry.dispatch();
        // The parent says nothing, and its end closes the stream.
        System.in.transferTo(System.out);
        Runtime.getRuntime().halt(1);
    }
}
