package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestSource;
import org.junit.jupiter.api.Test;

/** A pool without a free connection: only the instance itself can report it, since it can't write to a table. */
class PoolWaitTest {
    private final CountDownLatch given = new CountDownLatch(1);
    private final AtomicBoolean lent = new AtomicBoolean();

    private void awaitConnection() throws SQLException {
        try {
            if (lent.get() && !given.await(1, TimeUnit.MINUTES)) {
                throw new SQLTransientConnectionException("none", "08001");
            }
        } catch (InterruptedException interrupted) {
            throw new SQLException(interrupted);
        }
    }

    private static void untilItSays(Dispatch dispatch, String message) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!dispatch.message().startsWith(message)) {
            assertThat(System.nanoTime()).as(dispatch.message()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @Test
    void theDispatchSaysThatItWaitsForAConnection() throws Exception {
        try (var fresh = TestDatabase.H2.fresh();
                var registry = new TestCatalog()
                        .data(1, run -> {})
                        .on((TestSource) () -> {
                            awaitConnection();
                            return fresh.dataSource().getConnection();
                        })
                        .worker(new LendingFirst(lent))
                        .build()) {
            Dispatch dispatch = registry.dispatch();
            untilItSays(dispatch, "waits for a connection from its data source, ");
            given.countDown();
            assertThat(dispatch.await(Duration.ofMinutes(1))).isEqualTo(Outcome.DONE);
        }
    }

    /** The embedded worker, started once all connections are lent. */
    private record LendingFirst(AtomicBoolean lent, Worker worker) implements Worker {
        LendingFirst(AtomicBoolean lent) {
            this(lent, Workers.shared(2).worker());
        }

        @Override
        public void start(Work work) {
            lent.set(true);
            worker.start(work);
        }

        @Override
        public void close() {
            worker.close();
        }
    }
}
