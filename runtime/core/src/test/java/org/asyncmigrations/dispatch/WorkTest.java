package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.asyncmigrations.BatchEvent;
import org.asyncmigrations.Dispatch;
import org.asyncmigrations.Dispatch.Outcome;
import org.asyncmigrations.DispatchListener;
import org.asyncmigrations.MigrationEvent;
import org.asyncmigrations.Mode;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.dispatch.Step.Kind;
import org.asyncmigrations.operator.Operator;
import org.asyncmigrations.throttle.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a job engine gets, and what it may do with it. */
@Timeout(120)
class WorkTest {
    private static final int ROWS = 3_000;

    private final Fresh fresh = TestDatabase.H2.fresh();
    private final ManualWorker worker = new ManualWorker();

    @AfterEach
    void drop() {
        fresh.close();
    }

    private RegistryBuilder<Dispatcher> builder() {
        Customers.create(fresh.dsl(), ROWS);
        return new TestCatalog()
                .batch(1, new Customers.LowerEmails())
                .on(fresh.dataSource())
                .worker(worker);
    }

    private record OnBatch(Consumer<BatchEvent> told) implements DispatchListener {
        @Override
        public void onEvent(MigrationEvent event) {}

        @Override
        public void onBatch(BatchEvent batch) {
            told.accept(batch);
        }
    }

    @Test
    void aStepBeforeAnyDispatchWorks() {
        try (Dispatcher registry = builder().build()) {
            assertThat(worker.untilIdle()).isEqualTo(Kind.FINISHED);

            assertThat(worker.starts()).isZero();
            assertThat(registry.status().of(1).state()).isEqualTo(State.DONE);
        }
        assertThat(Customers.wrong(fresh.dsl())).isZero();
    }

    @Test
    void whoAsksForTheWorkArrives() {
        try (Dispatcher registry = builder().beatenByHand(true).build()) {
            assertThat(registry.work()).isSameAs(worker.work());
            registry.beat();
            worker.step();
            assertThat(Operator.of(fresh.dataSource()).instances()).hasSize(1);
        }
    }

    @Test
    void aSliceEndsAtABatchsEndAndTheNextGoesOnThere() {
        AtomicInteger batches = new AtomicInteger();
        try (Dispatcher registry = builder()
                .listener(new OnBatch(batch -> batches.incrementAndGet()))
                .build()) {
            while (batches.get() == 0) {
                worker.work().step(() -> batches.get() == 1);
            }
            assertThat(batches).hasValue(1);
            assertThat(registry.status().of(1).state()).isEqualTo(State.PROCESSING);
            assertThat(registry.status().of(1).attempts()).isZero();

            worker.untilIdle();
            assertThat(registry.status().of(1).state()).isEqualTo(State.DONE);
        }
        assertThat(Customers.wrong(fresh.dsl())).isZero();
    }

    @Test
    void aSliceStepsUntilThereIsNothingToDoOrItsTimeIsOver() {
        builder().build().close();
        assertThat(worker.work().slice(() -> false, Duration.ofMinutes(1)).kind())
                .isEqualTo(Kind.FINISHED);
        try (Dispatcher registry = new TestCatalog()
                .batch(1, new Customers.LowerEmails())
                .on(fresh.dataSource())
                .worker(worker)
                .build()) {
            assertThat(worker.work().slice(() -> false, Duration.ZERO).kind()).isEqualTo(Kind.WORKED);
            assertThat(registry.status().of(1).state()).isEqualTo(State.CREATED);
            assertThat(worker.work().slice(() -> false, Duration.ofMinutes(1)).kind())
                    .isEqualTo(Kind.FINISHED);
            assertThat(registry.status().of(1).state()).isEqualTo(State.DONE);
        }
    }

    @Test
    void aSliceThatIsToEndWaitsForNoThrottle() {
        AtomicInteger asked = new AtomicInteger();
        try (Dispatcher registry = builder()
                .throttle(run -> {
                    asked.incrementAndGet();
                    return Answer.notNow("it is noon").askAgainAfter(Duration.ofMinutes(1));
                })
                .build()) {
            while (asked.get() == 0) {
                worker.work().step(() -> asked.get() > 0);
            }
            assertThat(registry.status().of(1).state()).isNotEqualTo(State.FAILED);
        }
    }

    @Test
    void aStepSaysWhatNextWhenAndWhy() {
        try (Dispatcher registry = builder().pollEvery(Duration.ofSeconds(7)).build()) {
            assertThat(worker.work().step()).isEqualTo(new Step(Kind.WORKED, Duration.ZERO, "the work continues"));
            registry.migration(1).pause("checkout is slow");

            Step idle = worker.work().step();
            while (idle.kind() == Kind.WORKED) {
                idle = worker.work().step();
            }
            assertThat(idle.kind()).isEqualTo(Kind.IDLE);
            assertThat(idle.again()).isEqualTo(Duration.ofSeconds(7));
            assertThat(idle.reason()).contains("is paused; resume() lets it continue");
        }
    }

    @Test
    void theWorkHasTheNameOfItsPackageAndSchema() {
        String name = TestCatalog.class.getPackageName();
        builder().build().close();
        assertThat(worker.work().name()).isEqualTo(name);
        new TestCatalog()
                .on(fresh.dataSource())
                .stateSchema("PUBLIC")
                .worker(worker)
                .build()
                .close();
        assertThat(worker.work().name()).isEqualTo(name + " [PUBLIC]");
    }

    @Test
    void aWorkerLooksAfterItsJobsWithEachHeartbeatWhileThereIsWork() {
        AtomicInteger renewed = new AtomicInteger();
        Worker engine = new Worker() {
            @Override
            public void start(Work given) {
                worker.start(given);
            }

            @Override
            public void renew(Work given) {
                renewed.incrementAndGet();
                throw new IllegalStateException("the engine is away");
            }

            @Override
            public void close() {
                worker.close();
            }
        };
        try (Dispatcher registry = builder().worker(engine).beatenByHand(true).build()) {
            registry.arrive();
            registry.beat();
            assertThat(renewed).hasValue(0);
            registry.dispatch();
            worker.step();
            registry.beat();
            assertThat(renewed).hasValue(1);
            worker.untilIdle();
            registry.beat();
            assertThat(renewed).hasValue(1);
        }
    }

    @Test
    void whatOthersHaveDoneIsKnownWithTheNextHeartbeat() {
        ManualWorker others = new ManualWorker();
        try (Dispatcher registry = builder().beatenByHand(true).build();
                Dispatcher other = new TestCatalog()
                        .batch(1, new Customers.LowerEmails())
                        .on(fresh.dataSource())
                        .worker(others)
                        .build()) {
            Dispatch dispatch = registry.dispatch();
            other.dispatch();
            others.untilIdle();
            assertThat(dispatch.outcome()).isEqualTo(Outcome.RUNNING);
            registry.beat();
            assertThat(dispatch.outcome()).isEqualTo(Outcome.DONE);
        }
    }

    /** Prints nothing, and reports each line to a listener. */
    private static final class Heard extends PrintStream {
        private final Consumer<String> told;

        Heard(Consumer<String> told) {
            super(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
            this.told = told;
        }

        @Override
        public void println(String line) {
            told.accept(line);
        }
    }

    @Test
    void aDispatchWhileTheLastStepEndsIsWorkedFor() {
        Dispatcher[] made = new Dispatcher[1];
        Heard heard = new Heard(line -> {
            if (line.contains("for later") && worker.starts() == 1) {
                made[0].dispatch(Mode.AFTER);
            }
        });
        try (Dispatcher registry = new TestCatalog()
                .afterRelease(1, run -> {})
                .on(fresh.dataSource())
                .worker(worker)
                .progress(heard)
                .build()) {
            made[0] = registry;
            registry.dispatch(Mode.BEFORE);
            worker.untilIdle();
            assertThat(worker.starts()).isEqualTo(2);
            assertThat(registry.status().of(1).state()).isEqualTo(State.DONE);
        }
    }

    @Test
    void anEnginesThreadIsGivenBackWithoutTheInterruptOfAMigration() {
        try (Dispatcher registry = new TestCatalog()
                .batch(1, new Customers.LowerEmails())
                .on(fresh.dataSource())
                .worker(worker)
                .listener(new OnBatch(batch -> Thread.currentThread().interrupt()))
                .build()) {
            Customers.create(fresh.dsl(), ROWS);
            while (registry.status().of(1).state() != State.DONE) {
                worker.work().slice(() -> false, Duration.ZERO);
                assertThat(Thread.interrupted()).isFalse();
            }
        }
    }

    @Test
    void aBuildIsLiveWhileAnInstanceOfItIs() {
        Dispatcher registry = builder().beatenByHand(true).build();
        registry.arrive();
        assertThat(worker.work().isLive(worker.work().build())).isTrue();
        worker.untilIdle();
        assertThat(worker.work().isLive(worker.work().build())).isTrue();
        assertThat(worker.work().isLive("another")).isFalse();
        assertThat(worker.work().isStopped()).isFalse();
        registry.close();
        assertThat(worker.work().isLive(worker.work().build())).isFalse();
        assertThat(worker.work().isStopped()).isTrue();
    }

    @Test
    void aListenerIsToldWhenThereMayBeSomethingToDo() {
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        try (Dispatcher registry = builder().build()) {
            worker.work().onChange(() -> {
                told.add("change");
                throw new IllegalStateException("the engine is away");
            });
            registry.dispatch();
            assertThat(told).hasSize(1);
            worker.step();
            assertThat(told).hasSize(2);
            registry.migration(1).pause("checkout is slow");
            assertThat(told).hasSize(3);
        }
    }

    @Test
    void anInstanceWithoutThreadsLeavesTheWorkToOthers() throws Exception {
        RegistryBuilder<Dispatcher> working = builder();
        try (Dispatcher watching = new TestCatalog()
                .batch(1, new Customers.LowerEmails())
                .on(fresh.dataSource())
                .threads(0)
                .build()) {
            Dispatch dispatch = watching.dispatch();
            assertThat(dispatch.await(Duration.ofSeconds(30))).isEqualTo(Outcome.HELD);
            assertThat(dispatch.message()).contains("threads is 0", "there is no other");

            try (Dispatcher other = working.build()) {
                other.arrive();
                worker.untilIdle();
                assertThat(other.status().of(1).state()).isEqualTo(State.DONE);
                assertThat(dispatch.awaitDone(Duration.ofSeconds(30))).isEqualTo(Outcome.DONE);
            }
        }
        assertThat(Customers.wrong(fresh.dsl())).isZero();
    }

    @Test
    void fewerThreadsThanNoneAreRefused() {
        assertThatThrownBy(() -> builder().threads(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("threads must be 0 or more, but is -1");
    }
}
