package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Objects;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.throttle.Throttle;
import org.asyncmigrations.throttle.Throttles;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The built-in throttles, asked like a worker asks them. */
class BuiltInThrottleTest {
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aReplicaThatCannotTellHoldsTheWorkUpAndShowsWhy(TestDatabase kind) {
        try (var database = kind.fresh()) {
            Throttle lag = Throttles.replicationLag(database.dataSource(), Duration.ofSeconds(10));
            MigrationStatus status = afterAWhile(database, lag);
            assertThat(status.state()).isEqualTo(State.PENDING);
            assertThat(status.waitsFor()).startsWith("replication lag cannot be read: ");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whereThereIsNoStandbyTheWorkIsDone(TestDatabase kind) {
        try (var database = kind.fresh()) {
            Throttle lag = Throttles.replicationLag(Duration.ofSeconds(10));
            assertThat(afterAWhile(database, lag).state()).isEqualTo(State.DONE);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aClosedWindowHoldsTheWorkUpAndShowsWhenItOpens(TestDatabase kind) {
        try (var database = kind.fresh()) {
            LocalTime soon = LocalTime.now(ZoneOffset.UTC).plusHours(6);
            Throttle later = Throttles.timeWindow(soon, soon.plusHours(1), ZoneOffset.UTC);
            MigrationStatus status = afterAWhile(database, later);
            assertThat(status.state()).isEqualTo(State.PENDING);
            assertThat(status.waitsFor()).startsWith("open " + soon).contains("Z, next on ");
        }
    }

    private static MigrationStatus afterAWhile(TestDatabase.Fresh database, Throttle throttle) {
        ManualWorker worker = new ManualWorker();
        Customers.create(database.dsl(), 100);
        try (Dispatcher registry = new TestCatalog()
                .batch(1, new Customers.LowerEmails())
                .on(database.dataSource())
                .worker(worker)
                .throttle(throttle)
                .build()) {
            registry.dispatch();
            worker.untilIdle();
            return Objects.requireNonNull(registry.status().of(1));
        }
    }
}
