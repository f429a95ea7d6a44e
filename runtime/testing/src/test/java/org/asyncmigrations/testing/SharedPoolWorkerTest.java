package org.asyncmigrations.testing;

import org.asyncmigrations.dispatch.Worker;
import org.asyncmigrations.dispatch.Workers;
import org.asyncmigrations.testing.worker.WorkerSuite;
import org.jooq.DSLContext;

/** The runtime's own worker, whose threads are those of this process. */
class SharedPoolWorkerTest extends WorkerSuite {
    private static final class Pool implements Engine {
        private final Workers pool = Workers.shared(3);
        private final Worker worker = pool.worker();
        private volatile boolean closing;

        @Override
        public Worker worker() {
            return worker;
        }

        @Override
        public void start() {
            // With the dispatch.
        }

        @Override
        public boolean isClosing() {
            return closing;
        }

        @Override
        public void close() {
            closing = true;
            pool.close();
        }
    }

    @Override
    protected Engine engine() {
        return new Pool();
    }

    @Override
    protected boolean hasJobs() {
        return false;
    }

    @Override
    protected void createTables(DSLContext dsl) {
        // There are none.
    }

    @Override
    protected int jobs(DSLContext dsl) {
        return 0;
    }

    @Override
    protected void loseJobs(DSLContext dsl) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected void strandJobs(DSLContext dsl) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected boolean wereTaken(DSLContext dsl) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected int failedJobs(DSLContext dsl) {
        return 0;
    }
}
