package org.asyncmigrations.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import org.asyncmigrations.State;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.throttle.Answer;
import org.asyncmigrations.throttle.Throttles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The times that a builder accepts, and its messages about those that make no sense. */
class BuilderTimesTest {
    private static final Duration MILLI = Duration.ofMillis(1);
    private static final Duration MOST = Duration.ofDays(24);

    private final ManualWorker worker = new ManualWorker();

    /** The settings, each with its bounds. */
    enum Setting {
        STATEMENT("statementTimeout", MILLI, MOST, RegistryBuilder::statementTimeout, "1 ms", "24 days"),
        LOCK("lockTimeout", MILLI, MOST, RegistryBuilder::lockTimeout, "1 ms", "24 days"),
        CLAIM("claimTime", Duration.ofSeconds(1), Duration.ofDays(1), RegistryBuilder::claimTime, "1 s", "1 day"),
        TARGET(
                "targetBatchTime",
                Duration.ofMillis(5),
                Duration.ofHours(1),
                RegistryBuilder::targetBatchTime,
                "5 ms",
                "1 hour"),
        POLL("pollEvery", MILLI, Duration.ofDays(1), RegistryBuilder::pollEvery, "1 ms", "1 day"),
        SETTLE("settleTime", MILLI, MOST, RegistryBuilder::settleTime, "1 ms", "24 days"),
        LAG("maxReplicationLag", MILLI, MOST, RegistryBuilder::maxReplicationLag, "1 ms", "24 days");

        final String word;
        final Duration least;
        final Duration most;
        final BiFunction<RegistryBuilder<Dispatcher>, Duration, RegistryBuilder<Dispatcher>> method;
        final String between;

        Setting(
                String word,
                Duration least,
                Duration most,
                BiFunction<RegistryBuilder<Dispatcher>, Duration, RegistryBuilder<Dispatcher>> method,
                String from,
                String to) {
            this.word = word;
            this.least = least;
            this.most = most;
            this.method = method;
            this.between = word + " must be between " + from + " and " + to + ", but is ";
        }
    }

    private static RegistryBuilder<Dispatcher> builder() {
        return new TestCatalog().on(new HikariDataSource());
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void whatMakesNoSenseIsRefusedInASentence(Setting setting) {
        for (Duration time : List.of(
                Duration.ofDays(30),
                Duration.ofSeconds(Long.MAX_VALUE),
                Duration.parse("PT0.0005S"),
                Duration.ofSeconds(-1),
                setting.least.minusNanos(1),
                setting.most.plusNanos(1))) {
            assertThatThrownBy(() -> setting.method.apply(builder(), time))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(setting.between + time);
        }
    }

    @Test
    void zeroIsAWordOfItsOwn() {
        assertThatThrownBy(() -> builder().pollEvery(Duration.ZERO)).hasMessageEndingWith(", but is zero");
        builder()
                .maxReplicationLag(Duration.ZERO)
                .drainTime(Duration.ZERO)
                .build()
                .close();
    }

    @Test
    void anInstanceThatIsClosedCountsForMinutesAtMost() {
        assertThatThrownBy(() -> builder().drainTime(Duration.ofDays(30)))
                .hasMessage("drainTime must be between zero and 5 minutes, but is PT720H");
        builder().drainTime(Duration.parse("PT0.0005S")).build().close();
    }

    @Test
    void aLagOfAnyLengthIsNoLimit() {
        assertThatThrownBy(() -> Throttles.replicationLag(Duration.ofSeconds(Long.MAX_VALUE)))
                .hasMessageStartingWith("replicationLag must be between 1 ms and 24 days");
    }

    private void works(TestDatabase kind, RegistryBuilder<Dispatcher> builder, Fresh database) {
        try (Dispatcher registry = builder.worker(worker).build()) {
            registry.dispatch();
            worker.untilIdle();
            worker.untilIdle();
            for (long version = 1; version <= 2; version++) {
                assertThat(Objects.requireNonNull(registry.status().of(version)))
                        .as(kind + " " + version)
                        .extracting(status -> status.state())
                        .isEqualTo(State.DONE);
            }
        }
        assertThat(Customers.wrong(database.dsl())).isZero();
    }

    private static RegistryBuilder<Dispatcher> on(Fresh database) {
        Customers.create(database.dsl(), 1_000);
        return new TestCatalog()
                .data(1, run -> run.dsl().selectOne().fetch())
                .batch(2, new Customers.LowerEmails())
                .on(database.dataSource());
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void theLongestTimesWork(TestDatabase kind) {
        try (Fresh database = kind.fresh()) {
            RegistryBuilder<Dispatcher> builder = on(database).drainTime(Duration.ofMinutes(5));
            for (Setting setting : Setting.values()) {
                setting.method.apply(builder, setting.most);
            }
            works(kind, builder, database);
        }
    }

    /** Except times that are too short for any statement on a busy machine. */
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void theShortestTimesWork(TestDatabase kind) {
        try (Fresh database = kind.fresh()) {
            RegistryBuilder<Dispatcher> builder = on(database);
            for (Setting setting : Setting.values()) {
                if (setting != Setting.STATEMENT && setting != Setting.TARGET) {
                    setting.method.apply(builder, setting.least);
                }
            }
            works(kind, builder, database);
        }
    }

    @Test
    void aThrottleMaySayForEver() throws Exception {
        int[] asked = {0};
        try (Fresh database = TestDatabase.H2.fresh()) {
            Dispatcher registry = on(database)
                    .threads(1)
                    .throttle(run -> ++asked[0] < 3
                            ? Answer.goOn()
                            : Answer.notNow("closed for good").askAgainAfter(Duration.ofSeconds(Long.MAX_VALUE)))
                    .build();
            registry.dispatch();
            TroubleBench.awaitUntil(() -> String.valueOf(
                            Objects.requireNonNull(registry.status().of(2)).waitsFor())
                    .contains("closed for good"));
            registry.close();
            assertThat(Objects.requireNonNull(registry.status().of(2)).attempts())
                    .isZero();
        }
    }
}
