package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.asyncmigrations.DataMigration;
import org.asyncmigrations.Guarded;
import org.asyncmigrations.MigrationRun;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.Verified;
import org.asyncmigrations.dispatch.TroubleBench.Seen;
import org.asyncmigrations.release.GateAnswer;
import org.asyncmigrations.throttle.Answer;
import org.asyncmigrations.throttle.Throttles;
import org.jooq.Record;
import org.jooq.Select;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Errors, instead of exceptions, thrown by what an application gives to the builder and by its migrations. */
class UserErrorTest {
    private final ManualWorker worker = new ManualWorker();

    /** How an Error is caused. */
    enum Kind implements Supplier<Error> {
        LINKAGE,
        STACK,
        ASSERTION;

        @Override
        public Error get() {
            return switch (this) {
                case LINKAGE -> new NoClassDefFoundError("com/example/Queue");
                case STACK -> new StackOverflowError();
                case ASSERTION -> new AssertionError("the queue is not empty");
            };
        }

        String word() {
            return get().getClass().getSimpleName();
        }
    }

    private static MigrationStatus status(Dispatcher registry) {
        return Objects.requireNonNull(registry.status().of(1));
    }

    private static List<String> events(Fresh fresh) {
        var e = TestTables.all().events();
        return fresh.dsl().select(e.EVENT).from(e).where(e.VERSION.eq(1L)).fetch(e.EVENT);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aThrottleThatThrowsOneMeansNotNow(Kind kind) {
        AtomicInteger asked = new AtomicInteger();
        try (Fresh database = TestDatabase.H2.fresh()) {
            Customers.create(database.dsl(), 1_000);
            try (Dispatcher registry = new TestCatalog()
                    .batch(1, new Customers.LowerEmails())
                    .on(database.dataSource())
                    .maxAttempts(1)
                    .worker(worker)
                    .throttle(run -> {
                        // Before the claim, and again before the first batch.
                        if (asked.incrementAndGet() != 3 && asked.get() < 5) {
                            throw kind.get();
                        }
                        return Answer.goOn();
                    })
                    .build()) {
                registry.dispatch();
                worker.untilIdle();
                assertThat(status(registry).waitsFor()).contains("a throttle could not be asked: ", kind.word());
                worker.untilIdle();
                worker.untilIdle();
                worker.untilIdle();
                worker.untilIdle();
                assertThat(status(registry).state()).isEqualTo(State.DONE);
                assertThat(asked.get()).isGreaterThan(5);
                assertThat(events(database)).doesNotContain("failed");
            }
        }
    }

    @Test
    void oneOfSeveralThatThrowsLeavesTheWordToTheOthers() {
        try (Fresh database = TestDatabase.H2.fresh();
                Dispatcher registry = new TestCatalog()
                        .data(1, run -> {})
                        .on(database.dataSource())
                        .worker(worker)
                        .throttle(Throttles.anyOf(
                                run -> {
                                    throw new StackOverflowError();
                                },
                                run -> Answer.goOn()))
                        .build()) {
            registry.dispatch();
            worker.untilIdle();
            assertThat(status(registry).state()).isEqualTo(State.DONE);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aListenerThatThrowsOneChangesNothing(Kind kind) throws Exception {
        try (Fresh database = TestDatabase.H2.fresh()) {
            Customers.create(database.dsl(), 1_000);
            Seen seen = TroubleBench.run(
                    database.dataSource(),
                    new TestCatalog().batch(1, new Customers.LowerEmails()),
                    builder -> builder.listener(event -> {
                        throw kind.get();
                    }));
            assertThat(seen.of(1).state()).isEqualTo(State.DONE);
            assertThat(events(database)).doesNotContain("failed");
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aGateThatThrowsOneStaysClosed(Kind kind) {
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger hours = new AtomicInteger();
        try (Fresh database = TestDatabase.H2.fresh();
                Dispatcher registry = new TestCatalog()
                        .afterRelease(1, run -> {})
                        .on(database.dataSource())
                        .worker(worker)
                        .clockShift(() -> Duration.ofMinutes(hours.get()))
                        .gate(run -> {
                            if (asked.incrementAndGet() == 1) {
                                throw kind.get();
                            }
                            return GateAnswer.open();
                        })
                        .build()) {
            registry.dispatch();
            worker.untilIdle();
            assertThat(status(registry).waitsFor()).contains("waits for a gate that fails: ", kind.word());
            for (int poll = 0; poll < 4; poll++) {
                hours.incrementAndGet();
                worker.untilIdle();
            }
            assertThat(status(registry).state()).isEqualTo(State.DONE);
        }
    }

    private static class Unsure implements DataMigration, Guarded {
        @Override
        public boolean isDone(MigrationRun run) {
            throw new NoClassDefFoundError("com/example/Gone");
        }

        @Override
        public void migrate(MigrationRun run) {
            throw new IllegalStateException("it is never asked");
        }
    }

    private static final class Unverified extends Customers.LowerEmails implements Verified {
        @Override
        public Select<? extends Record> violations() {
            throw new NoClassDefFoundError("com/example/Gone");
        }
    }

    /** Unlike throttles and listeners, these methods are the migration's own code. */
    @Test
    void whatAMigrationSaysOfItsEndFailsIt() throws Exception {
        try (Fresh database = TestDatabase.H2.fresh()) {
            Customers.create(database.dsl(), 10);
            Seen guarded = TroubleBench.run(database.dataSource(), new TestCatalog().data(1, new Unsure()));
            assertThat(guarded.of(1).state()).isEqualTo(State.FAILED);
            assertThat(guarded.error(1)).contains("NoClassDefFoundError: com/example/Gone");
        }
        try (Fresh database = TestDatabase.H2.fresh()) {
            Customers.create(database.dsl(), 10);
            Seen verified = TroubleBench.run(database.dataSource(), new TestCatalog().batch(1, new Unverified()));
            assertThat(verified.of(1).state()).isEqualTo(State.FAILED);
            assertThat(verified.error(1)).contains("NoClassDefFoundError: com/example/Gone");
        }
    }
}
