package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntPredicate;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.throttle.Answer;
import org.asyncmigrations.throttle.Throttle;
import org.asyncmigrations.throttle.ThrottleRun;
import org.jooq.DSLContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a worker keeps while a throttle says "not now" repeatedly. Only the answers take time on the test's clock, however slow the
 * machine is.
 */
class LongHoldTest {
    private static final String REASON = "a standby is behind";

    private final ManualWorker worker = new ManualWorker();
    private final Batches batches = new Batches();
    private Duration later = Duration.ZERO;
    private final long start = System.nanoTime();
    /** More than a second, so that no answer ends exactly after half a minute. */
    private Duration answering = Duration.ofMillis(1_015);

    /** A backfill that counts its batches. */
    private static final class Batches extends Customers.LowerEmails {
        private int done;

        @Override
        public long migrate(RowBatch batch) throws Exception {
            done++;
            return super.migrate(batch);
        }
    }

    /** Says "not now" a number of times after certain batches, like replication lag does: ask again in a second. */
    private final class Lag implements Throttle {
        private final IntPredicate holds;
        private final int times;
        private final StatementCounter counted;
        private final Set<Integer> heldAfter = new HashSet<>();
        private final Set<String> owners = new HashSet<>();
        private final List<Integer> connections = new ArrayList<>();
        private int said;
        private boolean over;

        Lag(IntPredicate holds, int times, StatementCounter counted) {
            this.holds = holds;
            this.times = times;
            this.counted = counted;
        }

        @Override
        public Answer ask(ThrottleRun run) {
            if (over || !holds.test(batches.done)) {
                return Answer.goOn();
            }
            said = heldAfter.add(batches.done) ? 1 : said + 1;
            if (said > times) {
                return Answer.goOn();
            }
            owners.add(String.valueOf(LongHoldTest.owners(run.dsl()).get(0)));
            connections.add(counted.connections.get());
            later = later.plus(answering);
            return Answer.unhealthy(REASON).askAgainAfter(Duration.ofMillis(1));
        }
    }

    private static List<String> owners(DSLContext dsl) {
        var ranges = TestTables.all().ranges();
        return dsl.select(ranges.OWNER).from(ranges).fetch(ranges.OWNER);
    }

    private Dispatcher registry(TestDatabase.Fresh database, StatementCounter counted, Throttle throttle) {
        Customers.create(database.dsl(), 3_000);
        Dispatcher registry = new TestCatalog()
                .batch(1, batches)
                .on(counted)
                .worker(worker)
                .clockShift(() -> later.minusNanos(System.nanoTime() - start))
                .targetBatchTime(Duration.ofMinutes(1))
                .throttle(throttle)
                .build();
        registry.dispatch();
        return registry;
    }

    private static MigrationStatus status(Dispatcher registry) {
        return Objects.requireNonNull(registry.status().of(1));
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void shortAnswersThatGoOnForHalfAMinuteGiveTheRangeBack(TestDatabase kind) {
        try (var database = kind.fresh()) {
            StatementCounter counted = new StatementCounter(database.dataSource());
            Lag lag = new Lag(done -> done == 2, 1_000, counted);
            try (var registry = registry(database, counted, lag)) {
                assertThat(worker.untilIdle()).isEqualTo(Step.Kind.IDLE);
                assertThat(lag.connections).as("answers").hasSize(31);
                assertThat(owners(database.dsl())).containsOnlyNulls();
                assertThat(status(registry).waitsFor()).isEqualTo(REASON);
                var rows = TestTables.all().migrations();
                assertThat(database.dsl().select(rows.BATCH_SIZE).from(rows).fetchOne(rows.BATCH_SIZE))
                        .as("500, 1,000, then half of 2,000")
                        .isEqualTo(1_000);
                lag.over = true;
                worker.untilIdle();
                assertThat(status(registry).state()).isEqualTo(State.DONE);
                assertThat(Customers.wrong(database.dsl())).isZero();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void untilThenItKeepsTheClaimAndAfterASecondNoConnection(TestDatabase kind) {
        try (var database = kind.fresh()) {
            StatementCounter counted = new StatementCounter(database.dataSource());
            // Two holds, whose times aren't added up.
            Lag lag = new Lag(done -> done == 1 || done == 2, 29, counted);
            try (var registry = registry(database, counted, lag)) {
                worker.untilIdle();
                assertThat(status(registry).state()).isEqualTo(State.DONE);
                assertThat(lag.connections).hasSize(58);
                assertThat(lag.owners).as("claims").hasSize(1).doesNotContain("null");
                assertThat(lag.connections.subList(1, 29))
                        .as("one for each answer after a second")
                        .doesNotHaveDuplicates();
                assertThat(Customers.wrong(database.dsl())).isZero();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void shortRestsKeepTheConnection(TestDatabase kind) {
        try (var database = kind.fresh()) {
            StatementCounter counted = new StatementCounter(database.dataSource());
            Lag lag = new Lag(done -> done == 1, 5, counted);
            answering = Duration.ofMillis(100);
            try (var registry = registry(database, counted, lag)) {
                worker.untilIdle();
                assertThat(status(registry).state()).isEqualTo(State.DONE);
                assertThat(new HashSet<>(lag.connections)).hasSize(1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void oneAnswerOfMoreThanHalfAMinuteGivesTheRangeBackAtOnce(TestDatabase kind) {
        try (var database = kind.fresh()) {
            int[] answers = {0};
            StatementCounter counted = new StatementCounter(database.dataSource());
            Throttle night = run -> {
                boolean isHeld = batches.done == 1 && ++answers[0] > 0;
                return isHeld ? Answer.notNow(REASON).askAgainAfter(Duration.ofMillis(30_001)) : Answer.goOn();
            };
            try (var registry = registry(database, counted, night)) {
                assertThat(worker.untilIdle()).isEqualTo(Step.Kind.IDLE);
                assertThat(answers[0]).isEqualTo(1);
                assertThat(status(registry).waitsFor()).isEqualTo(REASON);
                assertThat(owners(database.dsl())).containsOnlyNulls();
            }
        }
    }
}
