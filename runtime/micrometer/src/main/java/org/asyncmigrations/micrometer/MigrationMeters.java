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
 * The meters of one registry of migrations: its builder's {@code listener}, then bound to one meter registry or several. They are
 * removed when the registry of migrations is closed. Safe for threads.
 *
 * <p>No scrape asks the database. In the background the status is read each 15 seconds, each minute while nothing is left to do; the
 * registries of a process share a thread for that.
 */
public final class MigrationMeters implements DispatchListener, MeterBinder {
    private static final Logger LOG = LoggerFactory.getLogger(MigrationMeters.class);

    /** The usual time between two scrapes: read more often, most readings would be seen by nobody. */
    private static final Duration EACH = Duration.ofSeconds(15);

    /** With nothing left to do, only another instance's deploy makes news. */
    private static final Duration EACH_WHEN_DONE = Duration.ofMinutes(1);

    /** Of all registries: who makes one of these knows of no other. It holds nothing but threads, and none without rounds. */
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
                    "MigrationMeters may listen to one registry only; make others for this one");
        }
        migrations = registry;
    }

    /** {@return the registry that it listens to, null before that is built} */
    public synchronized @Nullable MigrationRegistry migrations() {
        return migrations;
    }

    /**
     * Binds with another name than that of the registry's class.
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
        // Of a migration in one piece the status tells all that there is.
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

    /** Reads where the migrations stand; what cannot be read stays as it was last, and ages. {@return whether all are done} */
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
            LOG.debug("the status of the migrations could not be read for their meters", unreadable);
            return false;
        }
    }
}
