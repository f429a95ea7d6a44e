package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.asyncmigrations.throttle.Answer.goOn;
import static org.asyncmigrations.throttle.Answer.notNow;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.RowBatch;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.TestSource;
import org.asyncmigrations.Tuning;
import org.asyncmigrations.operator.Answer;
import org.asyncmigrations.operator.Operator;
import org.asyncmigrations.session.Connections;
import org.asyncmigrations.state.StateSchema;
import org.asyncmigrations.throttle.Throttles;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.tools.jdbc.DefaultConnection;
import org.jooq.tools.jdbc.DefaultStatement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A running walk follows what an operator tunes, in all instances, and loses or repeats nothing because of it. */
class TunedWalkTest {
    private static final int ROWS = 6_000;

    /** More than one range. */
    private static final int RANGES = 25_000;

    private final List<String> limits = new ArrayList<>();
    private final List<String> shown = new ArrayList<>();
    private Fresh fresh;
    private Duration later = Duration.ZERO;

    /** An instance, and what its batches changed. Something happens between two of them. */
    private final class Node implements AutoCloseable {
        private final ManualWorker worker = new ManualWorker();
        private final List<Long> changed = new ArrayList<>();
        private final Dispatcher registry;
        private Consumer<Integer> between = batches -> {};
        private boolean isHeld;

        Node(double load) {
            registry = new TestCatalog()
                    .batch(1, new Customers.LowerEmails() {
                        @Override
                        public long migrate(RowBatch batch) throws Exception {
                            limits.add(limits(batch.dsl()));
                            long rows = super.migrate(batch);
                            changed.add(rows);
                            return rows;
                        }
                    })
                    .on(fresh.dataSource())
                    .worker(worker)
                    .targetBatchTime(Duration.ofMinutes(1))
                    .clockShift(() -> later)
                    .throttle(run -> {
                        shown.add(throttled());
                        between.accept(changed.size());
                        return isHeld ? notNow("it is late") : goOn();
                    })
                    .throttle(Throttles.load(load))
                    .build();
            registry.dispatch();
        }

        State state() {
            return status(registry).state();
        }

        @Override
        public void close() {
            registry.close();
        }
    }

    private static String limits(DSLContext dsl) {
        return dsl.dialect().family() == SQLDialect.POSTGRES
                ? dsl.fetchValue(
                                "select current_setting('lock_timeout') || ' ' || current_setting('statement_timeout')")
                        .toString()
                : "";
    }

    private String throttled() {
        var t = TestTables.all().migrations();
        return fresh.dsl().select(t.THROTTLED).from(t).where(t.VERSION.eq(1L)).fetchOne(t.THROTTLED);
    }

    private Node node() {
        return new Node(1);
    }

    @AfterEach
    void close() {
        fresh.close();
    }

    private void open(TestDatabase database, int rows) {
        fresh = database.fresh();
        Customers.create(fresh.dsl(), rows);
    }

    /** Gives an order, and waits the second that all instances need to learn of it. */
    private void tune(Tuning tuning) {
        Answer answer = Operator.of(fresh.dataSource()).as("ana").tune(1, tuning, "checkout is slow");
        assertThat(answer.why()).isEmpty();
        later = later.plusSeconds(2);
    }

    private void assertDone(Node node) {
        assertThat(node.state()).isEqualTo(State.DONE);
        assertThat(Customers.wrong(fresh.dsl())).isZero();
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void theBatchSizeHoldsAtTheNextBatchAndOverARestart(TestDatabase database) {
        open(database, ROWS);
        try (Node node = node()) {
            node.between = batches -> {
                if (batches == 1) {
                    tune(Tuning.batchSize(100));
                } else if (batches == 3) {
                    node.isHeld = true;
                }
            };
            node.worker.untilIdle();
            // Every tenth row has no address.
            assertThat(node.changed).containsExactly(450L, 90L, 90L);
        }
        try (Node restarted = node()) {
            restarted.between = batches -> {
                if (batches == 2) {
                    tune(Tuning.none());
                }
            };
            restarted.worker.untilIdle();
            assertThat(restarted.changed.subList(0, 4)).containsExactly(90L, 90L, 90L, 180L);
            assertDone(restarted);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void theTargetHoldsAtTheNextBatchAndTheTimeoutsFollow(TestDatabase database) {
        open(database, ROWS);
        try (Node node = node()) {
            node.between = batches -> {
                if (batches == 2) {
                    tune(Tuning.targetBatchTime(Duration.ofSeconds(6)));
                }
            };
            node.worker.untilIdle();
            // 500 keys, 1,000, then a tenth of 2,000.
            assertThat(node.changed.subList(0, 3)).containsExactly(450L, 900L, 180L);
            if (database == TestDatabase.POSTGRES) {
                assertThat(limits.subList(1, 3)).containsExactly("1min 2min", "6s 12s");
            }
            assertDone(node);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aTunedLoadRestsAfterTheNextBatch(TestDatabase database) {
        open(database, ROWS);
        try (Node node = node()) {
            node.between = batches -> {
                if (batches == 2 && shown.stream().allMatch(Objects::isNull)) {
                    tune(Tuning.load(0.5));
                }
            };
            // The walk also rests at its end, and is then checked once more.
            for (int steps = 0; node.state() != State.DONE && steps < 10_000; steps++) {
                node.worker.step();
            }
            assertThat(shown).contains("works 50 % of the time, as load allows");
            assertDone(node);
        }
    }

    /** With the builder's setting, it would rest for minutes, so it gives its range back. */
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aTunedLoadTakesThePlaceOfTheBuilders(TestDatabase database) {
        open(database, ROWS);
        try (Node node = new Node(0.000_001)) {
            node.worker.untilIdle();
            assertThat(node.state()).isEqualTo(State.PROCESSING);
            tune(Tuning.load(1));
            node.worker.untilIdle();
            assertDone(node);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void theWorkersAboveTheLowestRangesGiveTheirsBackAndNoneClaimsOne(TestDatabase database) {
        open(database, RANGES);
        try (Node first = node();
                Node second = node()) {
            List<Step.Kind> steps = new ArrayList<>();
            second.between = batches -> {
                if (batches == 1) {
                    tune(Tuning.workers(1));
                }
            };
            first.between = batches -> {
                if (batches == 1 && steps.isEmpty()) {
                    steps.add(second.worker.untilIdle());
                    steps.add(second.worker.step());
                }
            };
            first.worker.untilIdle();
            assertThat(steps).containsExactly(Step.Kind.IDLE, Step.Kind.IDLE);
            assertThat(second.changed).hasSize(2);
            assertThat(second.state()).isEqualTo(State.DONE);
            assertDone(first);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whoeverIsOneTooManyOpensNoRangeUntilTheTuningIsTakenBack(TestDatabase database) {
        open(database, RANGES);
        try (Node first = node();
                Node second = node()) {
            List<Integer> ranges = new ArrayList<>();
            first.between = batches -> {
                if (batches == 1 && ranges.isEmpty()) {
                    tune(Tuning.workers(1));
                    second.worker.untilIdle();
                    ranges.add(second.changed.size());
                    tune(Tuning.none());
                    second.worker.step();
                    ranges.add(second.changed.size());
                }
            };
            first.worker.untilIdle();
            assertThat(ranges.get(0)).isZero();
            assertThat(ranges.get(1)).isPositive();
            assertDone(first);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void allButOneOfManyThreadsGiveTheirRangesBack(TestDatabase database) {
        open(database, 2 * RANGES);
        try (Dispatcher first = threads();
                Dispatcher second = threads()) {
            first.dispatch();
            second.dispatch();
            await(() -> owners(first) > 2);
            tune(Tuning.workers(1).batchSize(50).load(0.2));
            await(() -> owners(first) == 1);
            assertThat(status(second).state()).isEqualTo(State.PROCESSING);
            Tuning faster = Tuning.workers(9).batchSize(10_000).load(1).targetBatchTime(Duration.ofSeconds(1));
            assertThat(second.migration(1).tune(faster, "checkout is fast again"))
                    .isTrue();
            await(() -> status(first).state() == State.DONE);
            assertThat(Customers.wrong(fresh.dsl())).isZero();
        }
    }

    /** Short batches, so that some are left when the tuning takes effect. */
    private Dispatcher threads() {
        return new TestCatalog()
                .batch(1, new Customers.LowerEmails())
                .on(fresh.dataSource())
                .targetBatchTime(Duration.ofMillis(5))
                .throttle(Throttles.load(0.2))
                .build();
    }

    private static int owners(Dispatcher registry) {
        return status(registry).now().owners().size();
    }

    private static MigrationStatus status(Dispatcher registry) {
        return Objects.requireNonNull(registry.status().of(1));
    }

    private void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as(() -> Operator.of(fresh.dataSource()).status().of(1).toString())
                    .isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whoMayNotAddTheColumnWorksWithoutAndIsToldWhatToRun(TestDatabase database) throws Exception {
        open(database, ROWS);
        StateSchema.install(Connections.of(fresh.dataSource()), TestTables.all());
        var t = TestTables.all().migrations();
        var i = TestTables.all().instances();
        fresh.dsl().alterTable(t).dropColumn(t.TUNING).execute();
        fresh.dsl().alterTable(i).dropColumn(i.RUNTIME).execute();
        TestSource source = () -> new NoAlteration(fresh.dataSource().getConnection());
        ManualWorker worker = new ManualWorker();
        try (Dispatcher registry = new TestCatalog()
                .batch(1, new Customers.LowerEmails())
                .on(source)
                .worker(worker)
                .build()) {
            registry.dispatch();
            worker.step();
            Answer answer = Operator.of(source).as("ana").tune(1, Tuning.workers(1), "checkout is slow");
            assertThat(answer.given()).isFalse();
            assertThat(answer.why())
                    .startsWith("migration 1 cannot be tuned: ")
                    .containsIgnoringCase("alter table")
                    .contains("tuning");
            assertThatThrownBy(() -> registry.migration(1).tune(Tuning.workers(1), "checkout is slow"))
                    .hasMessage(answer.why());
            worker.untilIdle();
            assertThat(status(registry).state()).isEqualTo(State.DONE);
            assertThat(Customers.wrong(fresh.dsl())).isZero();
        }
    }

    /** The connection of a user who may only change rows. */
    private static final class NoAlteration extends DefaultConnection {
        NoAlteration(Connection connection) {
            super(connection);
        }

        @Override
        public Statement createStatement() throws SQLException {
            return new DefaultStatement(super.createStatement()) {
                @Override
                public boolean execute(String sql) throws SQLException {
                    return super.execute(allowed(sql));
                }

                @Override
                public int executeUpdate(String sql) throws SQLException {
                    return super.executeUpdate(allowed(sql));
                }
            };
        }

        @Override
        public PreparedStatement prepareStatement(String sql) throws SQLException {
            return super.prepareStatement(allowed(sql));
        }

        private static String allowed(String sql) throws SQLException {
            if (sql.toLowerCase(Locale.ROOT).contains("alter table")) {
                throw new SQLException("must be owner of the table", "42501");
            }
            return sql;
        }
    }
}
