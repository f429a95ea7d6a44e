package org.asyncmigrations.console;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.asyncmigrations.operator.Operator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads in the background what somebody looks at: the registries whose pages were open lately, for the curves, and all of them while their list
 * is open. Nobody looks: nothing is read. Its threads start with the first look. Safe for threads.
 */
final class Watch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    private static final Duration TICK = Duration.ofSeconds(5);

    /** So long a curve goes on after its page was closed. */
    private static final Duration KEEP_READING = Duration.ofMinutes(30);

    /** Of those at most so many, those that were looked at last. */
    private static final int MOST_READ = 20;

    /** A list of registries is at most so old. */
    private static final Duration SURVEY_AGE = Duration.ofMinutes(1);

    /** While the list is open, so many are read each tick: 2,000 take 100 seconds, and no database has more than 20 readings a second. */
    private static final int SURVEYED = 100;

    /** A database that does not answer holds one of them. */
    private static final int THREADS = 4;

    private final Supplier<Map<String, Operator>> registries;
    private final InstantSource clock;
    private final Map<String, WatchedRegistry> watched = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor threads;
    private volatile boolean started;
    private volatile Instant listedAt = Instant.MIN;

    Watch(Supplier<Map<String, Operator>> registries, InstantSource clock) {
        this.registries = registries;
        this.clock = clock;
        this.threads = new ScheduledThreadPoolExecutor(THREADS, work -> {
            Thread thread = new Thread(work, "async-migrations-console");
            thread.setDaemon(true);
            return thread;
        });
        threads.setRemoveOnCancelPolicy(true);
    }

    /** {@return the registry of a name, null if there is none} */
    @Nullable
    WatchedRegistry of(String name) {
        Operator operator = registries.get().get(name);
        return operator == null ? null : watch(name, operator);
    }

    /** {@return all registries, by their names} */
    Stream<WatchedRegistry> all() {
        return registries.get().entrySet().stream()
                .map(entry -> watch(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(WatchedRegistry::name));
    }

    /** Somebody has the list of all registries open. */
    void list() {
        listedAt = clock.instant();
    }

    private WatchedRegistry watch(String name, Operator operator) {
        start();
        return watched.compute(
                name,
                (same, before) -> before != null && before.operator() == operator
                        ? before
                        : new WatchedRegistry(name, operator, clock));
    }

    private synchronized void start() {
        if (!started && !threads.isShutdown()) {
            started = true;
            threads.scheduleWithFixedDelay(this::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void tick() {
        try {
            readWhatIsLookedAt();
        } catch (RuntimeException unexpected) {
            // Thrown on, it would end the ticking for good.
            LOG.warn("the registries of the console could not be read in the background", unexpected);
        }
    }

    private void readWhatIsLookedAt() {

        // A hanging database fills no queue.
        if (!threads.getQueue().isEmpty()) {
            return;
        }
        Map<String, Operator> now = registries.get();
        watched.values().removeIf(each -> !now.containsKey(each.name()));
        Instant since = clock.instant().minus(KEEP_READING);
        watched.values().stream()
                .filter(each -> each.lookedAt().isAfter(since))
                .sorted(Comparator.comparing(WatchedRegistry::lookedAt).reversed())
                .limit(MOST_READ)
                .forEach(each -> threads.execute(() -> each.read(TICK.dividedBy(2))));
        if (listedAt.isAfter(clock.instant().minus(SURVEY_AGE))) {
            all().filter(each -> isOld(each.last()))
                    .sorted(Comparator.comparing(Watch::readAt))
                    .limit(SURVEYED)
                    .forEach(each -> threads.execute(() -> each.read(SURVEY_AGE)));
        }
    }

    private boolean isOld(@Nullable Reading reading) {
        return reading == null || reading.at().isBefore(clock.instant().minus(SURVEY_AGE));
    }

    private static Instant readAt(WatchedRegistry registry) {
        Reading last = registry.last();
        return last == null ? Instant.MIN : last.at();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
