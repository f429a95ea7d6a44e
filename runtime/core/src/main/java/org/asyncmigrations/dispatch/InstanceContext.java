package org.asyncmigrations.dispatch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.asyncmigrations.BatchEvent;
import org.asyncmigrations.DispatchListener;
import org.asyncmigrations.MigrationEvent;
import org.asyncmigrations.release.Presence;
import org.asyncmigrations.session.Connections;
import org.asyncmigrations.state.OwnInstance;
import org.asyncmigrations.state.StateStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an instance needs with or without work: its name, the state tables, and its row. Creating it may query the network for the
 * host name. It doesn't load jOOQ. Immutable and thread-safe.
 */
record InstanceContext(String instance, StateStore store, Presence presence, DispatchListener listener) {
    private static final Logger LOG = LoggerFactory.getLogger(InstanceContext.class);

    /** Leaves room for the process id and two random numbers in the 63 bytes of a PostgreSQL session's name. */
    private static final int HOST_LENGTH = 20;

    /** The length of the column. */
    private static final int FULL_HOST_LENGTH = 255;

    /**
     * Who receives events.
     *
     * @param closing lets the user's listener close the registry
     * @param activity reports to people
     */
    record Ears(Closing closing, Activity activity) {}

    static InstanceContext of(Settings settings, MigrationSet contents, Connections connections, Ears ears) {
        String host = host();
        String instance = instance(host);
        DispatchListener listener = new Told(
                event -> ears.activity().happened(event, contents.named(event.version())),
                ears.closing(),
                settings.listener(),
                new AtomicBoolean());
        StateStore store = new StateStore(
                connections,
                contents::tables,
                instance,
                event -> tell(() -> listener.onEvent(event), event),
                settings.clockShift());
        OwnInstance row = new OwnInstance(
                connections, new OwnInstance.Place(contents.schema(), contents.prefix()), settings.clockShift());
        Settings.Who who = settings.who();
        Presence.Self self =
                new Presence.Self(instance, host, who.application(), who.release(), who.formerly(), contents.prefix());
        return new InstanceContext(
                instance,
                store,
                new Presence(store, row, self, settings.gating().terms().drain(), contents.entries()),
                listener);
    }

    /** Reports to this process's listeners that the instance can't write to the database. */
    void tellSilence(String why) {
        // The database can't be reached, so it can't provide the time of this event.
        Instant at = InstantSource.system().instant();
        String id = UUID.randomUUID().toString();
        MigrationEvent event = new MigrationEvent(id, at, 0, "silent", null, null, instance, why);
        tell(() -> listener.onEvent(event), event);
    }

    /** Reports a committed batch. */
    void tell(BatchEvent batch) {
        tell(() -> listener.onBatch(batch), batch);
    }

    /** Reports to people, then to the user's listener, which may close the registry. */
    private record Told(DispatchListener people, Closing closing, DispatchListener users, AtomicBoolean failed)
            implements DispatchListener {
        @Override
        public void onEvent(MigrationEvent event) {
            people.onEvent(event);
            closing.listener(() -> users.onEvent(event));
        }

        @Override
        public void onBatch(BatchEvent batch) {
            closing.listener(() -> {
                try {
                    users.onBatch(batch);
                } catch (RuntimeException | Error failure) {
                    // There are many batches a second, and most failures are the same.
                    if (failed.compareAndSet(false, true)) {
                        throw failure;
                    }
                    LOG.debug("the listener failed again, on {}", batch, failure);
                }
            });
        }
    }

    private static void tell(Runnable call, Object event) {
        try {
            call.run();
        } catch (Throwable failure) {
            // The event is about something committed. Even an Error of the listener mustn't make it look undone.
            LOG.warn("the listener failed on {}", event, failure);
        }
    }

    private static String instance(String host) {
        String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        String start = host.substring(0, Math.min(HOST_LENGTH, host.length()));
        return start + ":" + ProcessHandle.current().pid() + ":" + random;
    }

    private static String host() {
        try {
            String name = InetAddress.getLocalHost().getHostName();
            return name.substring(0, Math.min(FULL_HOST_LENGTH, name.length()));
        } catch (UnknownHostException nameless) {
            return "host";
        }
    }
}
