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
 * Reads in the background what users look at: the registries whose pages were open recently, for the curves, and all registries
 * while their list is open. If nobody looks, nothing is read. Its threads start with the first page. Thread-safe.
 */
final class Watch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    private static final Duration TICK = Duration.ofSeconds(5);

    /** How long a registry is read after its page was closed, so that its curve continues. */
    private static final Duration KEEP_READING = Duration.ofMinutes(30);

    /** At most so many registries are read for their curves: those whose pages were open last. */
    private static final int MOST_READ = 20;

    /** The maximum age of a reading in the list of registries. */
    private static final Duration SURVEY_AGE = Duration.ofMinutes(1);

    /**
     * How many registries a tick reads while the list is open: 2,000 take 100 seconds, and a database gets at most 20 readings a
     * second.
     */
    private static final int SURVEYED = 100;

    /** A database that doesn't answer blocks one of them. */
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

    /** {@return the registry with this name, null if there is none} */
    @Nullable
    WatchedRegistry of(String name) {
        Operator operator = registries.get().get(name);
        return operator == null ? null : watch(name, operator);
    }

    /** {@return all registries, in the order of their names} */
    Stream<WatchedRegistry> all() {
        return registries.get().entrySet().stream()
                .map(entry -> watch(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(WatchedRegistry::name));
    }

    /** Notes that a user has the list of all registries open. */
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
            // An exception would end the ticks for good.
            LOG.warn("the console's registries could not be read in the background", unexpected);
        }
    }

    private void readWhatIsLookedAt() {

        // If a database hangs, don't add to the queue.
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
