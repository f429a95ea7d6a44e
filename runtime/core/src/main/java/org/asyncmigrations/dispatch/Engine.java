package org.asyncmigrations.dispatch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.asyncmigrations.DispatchListener;
import org.asyncmigrations.MigrationEvent;
import org.asyncmigrations.batch.Frontier;
import org.asyncmigrations.batch.KeySpaces;
import org.asyncmigrations.batch.Planner;
import org.asyncmigrations.batch.RejectWork;
import org.asyncmigrations.batch.StopSignal;
import org.asyncmigrations.batch.Walker;
import org.asyncmigrations.database.Connections;
import org.asyncmigrations.release.Build;
import org.asyncmigrations.release.Presence;
import org.asyncmigrations.state.ClaimRenewal;
import org.asyncmigrations.state.InstanceRows.Instance;
import org.asyncmigrations.state.OldSessions;
import org.asyncmigrations.state.StateStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What does the work of a dispatcher, put together when there is some. Immutable, and so safe for threads. */
record Engine(StateStore store, Stepper stepper, Attempts attempts, Maintenance maintenance, Plans plans) {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    /** What fits beside a process number and two random ones into the 63 bytes of a PostgreSQL session's name. */
    private static final int HOST_LENGTH = 20;

    static Engine of(Settings settings, Contents contents, Connections connections, Progress progress) {
        String instance = instance();
        StopSignal stop = progress.stop();
        StateStore store = new StateStore(
                connections,
                contents::tables,
                instance,
                event -> tell(settings.listener(), event),
                settings.clockShift());
        ClaimRenewal renewal = new ClaimRenewal(store, settings.times().claim());
        Build build = Build.of(contents.entries());
        Presence presence = new Presence(
                store,
                new Instance(
                        instance, settings.who().application(), settings.who().release(), build.hash()),
                build);
        LongSupplier nanoTime =
                () -> System.nanoTime() + settings.clockShift().get().toNanos();
        Brakes brakes = new Brakes(store, settings.throttles(), nanoTime);
        OldSessions oldSessions = new OldSessions(store);
        Attempts attempts = new Attempts(store, settings, renewal, stop, oldSessions);
        Claims claims = new Claims(store, settings, instance, oldSessions);
        KeySpaces spaces = new KeySpaces();
        BatchRun batches = new BatchRun(
                store,
                attempts,
                new BatchRun.Walks(
                        new Frontier(store, spaces),
                        new Walker(
                                new Walker.Parts(store, renewal, stop, oldSessions, spaces, brakes, nanoTime),
                                settings.walk()),
                        new RejectRun(
                                store,
                                attempts,
                                new RejectWork(spaces),
                                settings.times().claim())),
                claims);
        Stepper.Parts parts = new Stepper.Parts(
                store, presence, claims, brakes, new Stepper.Runs(attempts, batches, new DataRun(attempts)));
        return new Engine(
                store,
                new Stepper(settings, contents, parts, progress),
                attempts,
                new Maintenance(renewal, presence),
                new Plans(contents, store, new Planner(settings.walk())));
    }

    private static void tell(DispatchListener listener, MigrationEvent event) {
        try {
            listener.onEvent(event);
        } catch (Throwable failure) {
            // What is told has been committed: an Error of the listener's must not make it look undone either.
            LOG.warn("the listener failed on {}", event, failure);
        }
    }

    private static String instance() {
        String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        return host() + ":" + ProcessHandle.current().pid() + ":" + random;
    }

    private static String host() {
        try {
            String name = InetAddress.getLocalHost().getHostName();
            return name.substring(0, Math.min(HOST_LENGTH, name.length()));
        } catch (UnknownHostException nameless) {
            return "host";
        }
    }
}
