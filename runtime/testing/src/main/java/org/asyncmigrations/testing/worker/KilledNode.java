package org.asyncmigrations.testing.worker;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.asyncmigrations.dispatch.Dispatcher;
import org.asyncmigrations.dispatch.RegistryBuilder;

/** The process that {@link KillSuite} kills: an engine with a registry on it. Stateless. */
public final class KilledNode {
    /** Printed when the first batch of this process has been committed. */
    static final String WORKING = "working";

    private KilledNode() {}

    /**
     * Works until the process is killed, or the process that started it ends.
     *
     * @param database the test's database
     * @param engine an engine on it, not started
     * @throws IOException if the process that started this one can't be read from
     */
    public static void run(DataSource database, WorkerSuite.Engine engine) throws IOException {
        AtomicBoolean works = new AtomicBoolean();
        Dispatcher registry = RegistryBuilder.of(database, new OneBackfill())
                .worker(engine.worker())
                .threads(2)
                // Each kill counts as an attempt, but that isn't what this tests.
                .maxAttempts(1_000_000)
                // The shortest that a builder allows, so that tests don't wait longer than necessary.
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
        // The parent writes nothing; when it ends, the stream is closed.
        System.in.transferTo(System.out);
        Runtime.getRuntime().halt(1);
    }
}
