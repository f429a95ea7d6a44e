package org.asyncmigrations.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.asyncmigrations.BatchEvent;
import org.asyncmigrations.DispatchListener;
import org.asyncmigrations.MigrationEvent;
import org.asyncmigrations.TestDatabase;
import org.asyncmigrations.TestDatabase.Fresh;
import org.asyncmigrations.dispatch.Dispatcher;
import org.asyncmigrations.dispatch.ManualWorker;
import org.asyncmigrations.throttle.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the meters say of a back-fill of 3,000 rows and of an after-release migration whose gate stays closed. */
class MigrationMetersTest {
    private final Fresh fresh = TestDatabase.H2.fresh();
    private final ManualWorker worker = new ManualWorker();
    private final MigrationMeters meters = new MigrationMeters("shop");
    private Duration ahead = Duration.ZERO;
    private final MeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, new Clock() {
        @Override
        public long wallTime() {
            return Clock.SYSTEM.wallTime() + ahead.toMillis();
        }

        @Override
        public long monotonicTime() {
            return Clock.SYSTEM.monotonicTime() + ahead.toNanos();
        }
    });
    private final List<String> inTheMiddle = new ArrayList<>();

    /** Reads the status after each batch. */
    private final class Reading implements DispatchListener {
        @Override
        public void onEvent(MigrationEvent event) {}

        @Override
        public void onBatch(BatchEvent batch) {
            meters.read();
            inTheMiddle.addAll(values());
        }
    }

    @AfterEach
    void close() {
        fresh.close();
    }

    private Dispatcher run() {
        Dispatcher migrations = Shop.on(fresh)
                .listener(meters)
                .listener(new Reading())
                .worker(worker)
                .build();
        meters.bindTo(registry);
        migrations.dispatch();
        worker.untilIdle();
        meters.read();
        return migrations;
    }

    /** {@return each meter with its tags and values that do not depend on the time} */
    private List<String> values() {
        return registry.getMeters().stream()
                .map(meter -> meter.getId().getName().replace("async.migrations.", "")
                        + meter.getId().getTags().stream()
                                .filter(tag -> !tag.getKey().equals("registry"))
                                .map(tag -> " " + tag.getValue())
                                .reduce("", String::concat)
                        + (meter.getId().getName().endsWith("age")
                                ? ""
                                : " " + meter.measure().iterator().next().getValue()))
                .sorted()
                .toList();
    }

    @Test
    void theGaugesSayWhereAMigrationStandsWhileItWalks() {
        run().close();

        assertThat(inTheMiddle)
                .contains(
                        "state no FillTotals processing 20261121_093000 1.0",
                        "active FillTotals 20261121_093000 1.0",
                        "oldest.progress.age FillTotals 20261121_093000",
                        "status.age",
                        "batch FillTotals 20261121_093000 1.0")
                .anyMatch(value -> value.matches("progress FillTotals 20261121_093000 0\\.[1-9].*"))
                .noneMatch(value -> value.startsWith("gate.waiting"));
    }

    @Test
    void aMigrationThatIsDoneIsCountedForAWhileAndThenForgotten() {
        Dispatcher migrations = run();
        assertThat(values())
                .contains("rows FillTotals 20261121_093000 3000.0", "rejects FillTotals 20261121_093000 0.0")
                .contains("throttled FillTotals 20261121_093000 0.0")
                .contains("gate.waiting ForgetTokens 20261122_090000 1.0")
                .noneMatch(value -> value.contains("progress"));

        ahead = BoundMeters.KEPT.plusSeconds(1);
        meters.read();
        assertThat(values())
                .containsExactly(
                        "active ForgetTokens 20261122_090000 0.0",
                        "gate.waiting ForgetTokens 20261122_090000 1.0",
                        "state no ForgetTokens created 20261122_090000 1.0",
                        "status.age");
        migrations.close();
    }

    @Test
    void aClosedRegistryLeavesNoMeter() {
        run().close();

        assertThat(registry.getMeters()).isEmpty();
        meters.read();
        meters.bindTo(registry);
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void whatCannotBeReadStaysAsItWasAndAges() {
        try (Dispatcher migrations = run()) {
            List<String> before = values();
            fresh.dsl().execute("alter table \"async_schema_migrations\" alter column \"rows_done\" varchar(9)");
            fresh.dsl().execute("update \"async_schema_migrations\" set \"rows_done\" = 'many'");
            ahead = Duration.ofMinutes(5);
            meters.read();

            assertThat(values()).isEqualTo(before);
            assertThat(registry.get("async.migrations.status.age").gauge().value())
                    .isBetween(300.0, 400.0);
            assertThatThrownBy(migrations::status).isInstanceOf(RuntimeException.class);
        }
    }

    @Test
    void aThrottleAndAPauseAreSaid() {
        try (Dispatcher migrations = Shop.on(fresh)
                .listener(meters)
                .throttle(run -> Answer.notNow("it is noon"))
                .worker(worker)
                .build()) {
            meters.bindTo(registry);
            migrations.dispatch();
            worker.untilIdle();
            meters.read();
            assertThat(values())
                    .contains("state throttled FillTotals pending 20261121_093000 1.0")
                    .contains("oldest.progress.age FillTotals 20261121_093000");

            migrations.migration(Shop.FILL).pause();
            meters.read();
            assertThat(values())
                    .contains("state paused FillTotals pending 20261121_093000 1.0")
                    .noneMatch(value -> value.startsWith("state throttled") || value.startsWith("oldest"));
        }
    }

    @Test
    void registriesOfOneNameDoNotCollide() {
        try (Fresh other = TestDatabase.H2.fresh()) {
            MigrationMeters others = new MigrationMeters("shop");
            Dispatcher second =
                    Shop.on(other).listener(others).worker(new ManualWorker()).build();
            try (Dispatcher first = run()) {
                others.bindTo(registry);
                others.read();
                assertThat(first.entries()).isNotEmpty();
                assertThat(registry.get("async.migrations.status.age").meters())
                        .extracting(meter -> meter.getId().getTag("registry"))
                        .containsExactlyInAnyOrder("shop", "shop-2");
            }
            assertThat(registry.getMeters())
                    .isNotEmpty()
                    .extracting(Meter::getId)
                    .allMatch(id -> "shop-2".equals(id.getTag("registry")));
            second.close();
        }
    }

    @Test
    void oneCannotListenToTwoRegistriesNorBeBoundBeforeItListens() {
        assertThatThrownBy(() -> meters.bindTo(registry)).hasMessageContaining("builder.listener");
        try (Dispatcher migrations = run()) {
            assertThat(meters.migrations()).isSameAs(migrations);
            assertThatThrownBy(() -> meters.onBuilt(migrations)).hasMessageContaining("one registry");
        }
    }
}
