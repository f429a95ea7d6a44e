package org.asyncmigrations.micrometer;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.asyncmigrations.BatchEvent;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.Phase;
import org.asyncmigrations.State;
import org.jspecify.annotations.Nullable;

/** The meters of one registry of migrations in one meter registry. Thread-safe. */
final class BoundMeters {
    static final String PREFIX = "async.migrations.";

    /** How long the meters of a finished migration are kept: longer than the usual interval between two scrapes. */
    static final Duration KEPT = Duration.ofMinutes(15);

    private static final String AGE = PREFIX + "status.age";

    private final MeterRegistry registry;
    private final Clock clock;
    private final Tags tags;
    private final Gauge age;
    private final List<Shown> gauges;
    private final Map<Long, WalkMeters> walks = new ConcurrentHashMap<>();
    private volatile Map<Long, MigrationStatus> left = Map.of();
    private volatile long readAt;
    private volatile boolean removed;

    /**
     * A gauge with a value for each migration that it applies to.
     *
     * @param gauge Micrometer's gauge
     * @param of which migrations have a value
     * @param value the value
     * @param tags additional tags of its values
     */
    private record Shown(
            MultiGauge gauge,
            Predicate<MigrationStatus> of,
            ToDoubleFunction<MigrationStatus> value,
            Function<MigrationStatus, Tags> tags) {}

    private BoundMeters(MeterRegistry registry, String name) {
        this.registry = registry;
        this.clock = registry.config().clock();
        this.tags = Tags.of("registry", name);
        this.readAt = clock.wallTime();
        this.age = Gauge.builder(AGE, this, meters -> seconds(meters.clock.wallTime() - meters.readAt))
                .description("Time since the gauges' values were last read")
                .baseUnit("seconds")
                .tags(tags)
                .strongReference(true)
                .register(registry);
        this.gauges = List.of(
                new Shown(
                        gauge("state", null, "1 for the state of a migration that is not done"),
                        status -> true,
                        status -> 1,
                        status -> Tags.of("state", status.state().word(), "held", held(status))),
                shown(
                        "active",
                        null,
                        "Workers of all instances that work on it",
                        status -> true,
                        status -> status.now().owners().size()),
                shown(
                        "progress",
                        null,
                        "Share of its table that has been walked in the current pass",
                        status -> status.progress().rowsEstimated() > 0,
                        status -> status.progress().share()),
                shown(
                        "gate.waiting",
                        null,
                        "1 for an after-release migration that waits for its gate",
                        this::awaitsGate,
                        status -> 1),
                shown(
                        "oldest.progress.age",
                        "seconds",
                        "Time since the last change to a migration whose turn it is",
                        BoundMeters::isItsTurn,
                        this::progressAge));
    }

    /**
     * {@return meters under a name that is free in the meter registry: of two registries with the same name, the second gets a
     * number}
     */
    static BoundMeters in(MeterRegistry registry, String name) {
        synchronized (registry) {
            String free = name;
            for (int number = 2;
                    !registry.find(AGE).tag("registry", free).meters().isEmpty();
                    number++) {
                free = name + "-" + number;
            }
            return new BoundMeters(registry, free);
        }
    }

    private MultiGauge gauge(String name, @Nullable String unit, String description) {
        return MultiGauge.builder(PREFIX + name)
                .description(description)
                .baseUnit(unit)
                .tags(tags)
                .register(registry);
    }

    private Shown shown(
            String name,
            @Nullable String unit,
            String description,
            Predicate<MigrationStatus> of,
            ToDoubleFunction<MigrationStatus> value) {
        return new Shown(gauge(name, unit, description), of, value, status -> Tags.empty());
    }

    private static Tags migration(long version, String name) {
        return Tags.of(
                Tag.of("version", MigrationEntry.written(version)),
                Tag.of("migration", name.substring(name.lastIndexOf('.') + 1)));
    }

    /** Counts a batch. After {@link #remove}, it counts nothing. */
    void count(BatchEvent batch) {
        walks.compute(batch.version(), (version, meters) -> {
            if (removed) {
                return meters;
            }
            WalkMeters counted =
                    meters != null ? meters : new WalkMeters(registry, tags.and(migration(version, batch.name())));
            counted.count(batch, clock.monotonicTime());
            return counted;
        });
    }

    /** Shows the migrations that aren't done, and removes the meters of those that have been done for a while. */
    synchronized void show(List<MigrationStatus> notDone) {
        if (removed) {
            return;
        }
        left = notDone.stream().collect(Collectors.toMap(MigrationStatus::version, status -> status));
        readAt = clock.wallTime();
        gauges.forEach(gauge -> gauge.gauge()
                .register(notDone.stream()
                        .filter(gauge.of())
                        .map(status -> row(gauge, status))
                        .toList()));
        walks.keySet().forEach(this::forget);
    }

    /** {@return a row that is registered once; each scrape gets the value of the last reading} */
    private Row<BoundMeters> row(Shown gauge, MigrationStatus status) {
        long version = status.version();
        return Row.of(migration(version, status.name()).and(gauge.tags().apply(status)), this, meters -> {
            MigrationStatus last = meters.left.get(version);
            return last == null ? Double.NaN : gauge.value().applyAsDouble(last);
        });
    }

    private void forget(long version) {
        if (!left.containsKey(version)) {
            walks.computeIfPresent(version, (known, meters) -> {
                if (clock.monotonicTime() - meters.countedAt() < KEPT.toNanos()) {
                    return meters;
                }
                meters.remove(registry);
                return null;
            });
        }
    }

    /** Removes all meters. */
    synchronized void remove() {
        removed = true;
        registry.remove(age);
        gauges.forEach(gauge -> gauge.gauge().register(List.of()));
        walks.values().forEach(meters -> meters.remove(registry));
        walks.clear();
    }

    private static String held(MigrationStatus status) {
        return status.paused() ? "paused" : status.now().pace().throttled() != null ? "throttled" : "no";
    }

    private static boolean isItsTurn(MigrationStatus status) {
        boolean hasBegun = status.state() == State.PROCESSING
                || status.state() == State.PENDING && status.now().nextAttemptAt() == null
                // its dependencies may be walked once more before it begins
                || status.state() == State.CREATED && status.now().gateOpenedAt() != null;
        return hasBegun && !status.paused() && status.now().lastProgressAt() != null;
    }

    /** {@return whether it waits for its gate, and not for an earlier migration} */
    private boolean awaitsGate(MigrationStatus status) {
        return status.phase() == Phase.AFTER_RELEASE
                && status.state() == State.CREATED
                && status.now().gateOpenedAt() == null
                && !status.paused()
                && left.values().stream()
                        .noneMatch(other -> other.phase() == Phase.ASYNC && other.version() < status.version());
    }

    private double progressAge(MigrationStatus status) {
        return status.now().lastProgressAt() == null
                ? Double.NaN
                : Math.max(
                        0,
                        seconds(clock.wallTime() - status.now().lastProgressAt().toEpochMilli()));
    }

    private static double seconds(long millis) {
        return millis / 1000.0;
    }
}
