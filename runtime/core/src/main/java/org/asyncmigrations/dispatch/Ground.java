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
 * What an instance needs to be there, with or without work: its name, the way to the state tables, and its row. To make it may
 * ask the network for the host's name, and loads no jOOQ. Immutable, and so safe for threads.
 */
record Ground(String instance, StateStore store, Presence presence, DispatchListener listener) {
    private static final Logger LOG = LoggerFactory.getLogger(Ground.class);

    /** What fits beside a process number and two random ones into the 63 bytes of a PostgreSQL session's name. */
    private static final int HOST_LENGTH = 20;

    /** What fits into the column. */
    private static final int FULL_HOST_LENGTH = 255;

    /**
     * Who is told of events.
     *
     * @param closing lets the user's listener close the registry
     * @param activity tells people
     */
    record Ears(Closing closing, Activity activity) {}

    static Ground of(Settings settings, Contents contents, Connections connections, Ears ears) {
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
        return new Ground(
                instance,
                store,
                new Presence(store, row, self, settings.gating().terms().drain(), contents.entries()),
                listener);
    }

    /** What cannot be written down is told to those who listen here. */
    void tellSilence(String why) {
        // The one event that no database gives a time: it cannot be asked.
        Instant at = InstantSource.system().instant();
        String id = UUID.randomUUID().toString();
        MigrationEvent event = new MigrationEvent(id, at, 0, "silent", null, null, instance, why);
        tell(() -> listener.onEvent(event), event);
    }

    /** Tells of a batch that has committed. */
    void tell(BatchEvent batch) {
        tell(() -> listener.onBatch(batch), batch);
    }

    /** People, then the user's listener, which may close the registry. */
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
                    // Batches come many times a second, and most fail it in the same way.
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
            // What is told has been committed: an Error of the listener's must not make it look undone either.
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
