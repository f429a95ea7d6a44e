package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.throttle.Answer;
import org.asyncmigrations.throttle.Throttle;
import org.asyncmigrations.throttle.ThrottleRun;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Trouble while a throttle is asked that has nothing to do with its answer. */
class ThrottleTroubleTest {
    private static final Answer NOT_NOW = Answer.notNow("a standby is behind").askAgainAfter(Duration.ofMillis(1));

    private final ManualWorker worker = new ManualWorker();
    private final Batches batches = new Batches();

    /** A backfill that counts its batches. */
    private static final class Batches extends Customers.LowerEmails {
        private int done;

        @Override
        public long migrate(RowBatch batch) throws Exception {
            done++;
            return super.migrate(batch);
        }
    }

    private void runs(TestDatabase.Fresh database, Throttle throttle) {
        Customers.create(database.dsl(), 3_000);
        try (Dispatcher registry = new TestCatalog()
                .batch(1, batches)
                .on(database.dataSource())
                .worker(worker)
                .targetBatchTime(Duration.ofMinutes(1))
                .throttle(throttle)
                .build()) {
            registry.dispatch();
            worker.untilIdle();
            worker.untilIdle();
            assertThat(Objects.requireNonNull(registry.status().of(1)).state()).isEqualTo(State.DONE);
        }
        assertThat(Customers.wrong(database.dsl())).isZero();
    }

    /** Holds the second batch and, during this, ends the session of the worker that asks. */
    private final class Ending implements Throttle {
        private final DSLContext beside;
        private final List<Object> sessions = new ArrayList<>();
        private int unread;

        Ending(DSLContext beside) {
            this.beside = beside;
        }

        @Override
        public Answer ask(ThrottleRun run) {
            if (batches.done != 1 || sessions.size() == 6) {
                return Answer.goOn();
            }
            try {
                sessions.add(session(run.dsl()));
                if (sessions.size() == 3) {
                    end(sessions.get(2));
                    session(run.dsl());
                }
            } catch (DataAccessException failure) {
                unread++;
            }
            return NOT_NOW;
        }

        private Object session(DSLContext dsl) {
            boolean isPostgres = beside.family() == TestDatabase.POSTGRES.dialect();
            return dsl.fetchValue(isPostgres ? "select pg_backend_pid()" : "select connection_id()");
        }

        private void end(Object session) {
            boolean isPostgres = beside.family() == TestDatabase.POSTGRES.dialect();
            beside.execute(isPostgres ? "select pg_terminate_backend(" + session + ", 30000)" : "kill " + session);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TestDatabase.class,
            names = {"POSTGRES", "MARIADB"})
    void aSessionThatEndsDuringAHoldIsGivenBackAtTheFirstFailure(TestDatabase kind) {
        try (var database = kind.fresh()) {
            Ending ending = new Ending(database.dsl());
            runs(database, ending);
            assertThat(ending.unread).isEqualTo(1);
            assertThat(ending.sessions).hasSize(6);
            assertThat(ending.sessions.subList(3, 6))
                    .as("another session")
                    .doesNotContain(ending.sessions.get(2))
                    .containsOnly(ending.sessions.get(3));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void anInterruptThatAThrottleLeavesBehindEndsNoRest(TestDatabase kind) {
        int[] asked = {0};
        try (var database = kind.fresh()) {
            runs(database, run -> {
                assertThat(Thread.currentThread().isInterrupted()).isFalse();
                Thread.currentThread().interrupt();
                return batches.done == 1 && ++asked[0] <= 3 ? NOT_NOW : Answer.goOn();
            });
            assertThat(asked[0]).isEqualTo(4);
            assertThat(Thread.interrupted()).isFalse();
        }
    }

    /** A container that shuts down interrupts its threads. It doesn't mean that the work should continue without its rests. */
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void anInterruptDuringARestEndsTheWalkAndGivesTheRangeBack(TestDatabase kind) {
        int[] asked = {0};
        Thread worker = Thread.currentThread();
        List<String> owners = new ArrayList<>();
        try (var database = kind.fresh()) {
            runs(database, run -> {
                if (batches.done != 1) {
                    return Answer.goOn();
                }
                asked[0]++;
                if (asked[0] == 1) {
                    interruptInRest(worker);
                    return Answer.notNow("closed").askAgainAfter(Duration.ofSeconds(20));
                }
                if (asked[0] == 2) {
                    assertThat(Thread.interrupted()).as("left to whoever steps").isTrue();
                    owners.addAll(owners(database.dsl()));
                }
                return Answer.goOn();
            });
            assertThat(owners).hasSize(1).containsOnlyNulls();
        }
    }

    private static List<String> owners(DSLContext dsl) {
        var ranges = TestTables.all().ranges();
        return dsl.select(ranges.OWNER).from(ranges).fetch(ranges.OWNER);
    }

    private static void interruptInRest(Thread worker) {
        Thread container = new Thread(() -> {
            long deadline = System.nanoTime() + Duration.ofSeconds(15).toNanos();
            while (worker.getState() != Thread.State.TIMED_WAITING && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            worker.interrupt();
        });
        container.start();
    }
}
