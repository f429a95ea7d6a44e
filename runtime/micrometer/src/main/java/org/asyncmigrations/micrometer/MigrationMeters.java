package org.asyncmigrations.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.asyncmigrations.BatchEvent;
import org.asyncmigrations.DispatchListener;
import org.asyncmigrations.MigrationEvent;
import org.asyncmigrations.MigrationRegistry;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.State;
import org.asyncmigrations.state.Rounds;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The meters of one registry of migrations. Pass it to the builder's {@code listener}, then bind it to one or more meter
 * registries. Its meters are removed when the registry of migrations is closed. Thread-safe.
 *
 * <p>A scrape doesn't access the database. The status is read in the background every 15 seconds, or every minute while nothing
 * is left to do; the registries of a process share a thread for that.
 */
public final class MigrationMeters implements DispatchListener, MeterBinder {
    private static final Logger LOG = LoggerFactory.getLogger(MigrationMeters.class);

    /** The usual interval between two scrapes; more readings would not be seen. */
    private static final Duration EACH = Duration.ofSeconds(15);

    /** With nothing left to do, the status changes only when another instance deploys new migrations. */
    private static final Duration EACH_WHEN_DONE = Duration.ofMinutes(1);

    /**
     * Shared by all registries, because whoever creates one of these doesn't know the others. It holds only threads, and none
     * while nobody uses it.
     */
    private static final Rounds READINGS = new Rounds();

    private final List<BoundMeters> bound = new ArrayList<>();
    private @Nullable String name;
    private @Nullable MigrationRegistry migrations;
    private Rounds.@Nullable Round readings;
    private volatile boolean closed;

    /** Meters whose tag {@code registry} is the name of the registry's class. */
    public MigrationMeters() {}

    /**
     * Meters for one of several registries of the same class, as with a database for each tenant.
     *
     * @param name the tag {@code registry}
     */
    public MigrationMeters(String name) {
        this.name = name;
    }

    @Override
    public synchronized void onBuilt(MigrationRegistry registry) {
        if (migrations != null) {
            throw new IllegalStateException(
                    "MigrationMeters can listen to only one registry; create new ones for this registry");
        }
        migrations = registry;
    }

    /** {@return the registry that it listens to, null before the registry is built} */
    public synchronized @Nullable MigrationRegistry migrations() {
        return migrations;
    }

    /**
     * Binds under another name than that of the registry's class.
     *
     * @param registry the meter registry
     * @param chosen the tag {@code registry}
     */
    public synchronized void bindTo(MeterRegistry registry, String chosen) {
        name = chosen;
        bindTo(registry);
    }

    @Override
    public synchronized void bindTo(MeterRegistry registry) {
        if (migrations == null) {
            throw new IllegalStateException(
                    "MigrationMeters must be given to builder.listener(…) before they are bound");
        }
        if (closed) {
            return;
        }
        bound.add(BoundMeters.in(
                registry, name != null ? name : migrations.getClass().getName()));
        if (readings == null) {
            readings = READINGS.round(() -> closed ? null : read() ? EACH_WHEN_DONE : EACH);
            readings.within(EACH);
        }
    }

    @Override
    public void onEvent(MigrationEvent event) {
        // the status shows everything about migrations in one piece
    }

    @Override
    public void onBatch(BatchEvent batch) {
        bound().forEach(meters -> meters.count(batch));
    }

    @Override
    public void onClosed() {
        closed = true;
        bound().forEach(BoundMeters::remove);
    }

    private synchronized List<BoundMeters> bound() {
        return List.copyOf(bound);
    }

    /**
     * Reads the status of the migrations. If that fails, the gauges keep their last values, and the status's age grows. {@return
     * whether all migrations are done}
     */
    boolean read() {
        MigrationRegistry asked = migrations();
        if (asked == null) {
            return false;
        }
        try {
            List<MigrationStatus> left = asked.status().migrations().stream()
                    .filter(status -> status.state() != State.DONE)
                    .toList();
            bound().forEach(meters -> meters.show(left));
            return left.isEmpty();
        } catch (RuntimeException | Error unreadable) {
            LOG.debug("the status of the migrations could not be read for the meters", unreadable);
            return false;
        }
    }
}
