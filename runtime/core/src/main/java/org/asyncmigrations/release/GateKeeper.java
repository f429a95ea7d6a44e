package org.asyncmigrations.release;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.product.Masked;
import org.asyncmigrations.session.LogContext;
import org.asyncmigrations.state.BuildRows;
import org.asyncmigrations.state.GateRows;
import org.asyncmigrations.state.InstanceRows;
import org.asyncmigrations.state.InstanceRows.Seen;
import org.asyncmigrations.state.MigrationRow;
import org.asyncmigrations.state.MigrationRows;
import org.asyncmigrations.state.StateStore;
import org.asyncmigrations.state.StateTransaction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the gates of after-release migrations: each when every live instance's build has known its migration at two readings a
 * while apart, and the gates that were given agree. Closes one again when an older instance has come before the migration
 * begins. Safe for threads.
 */
public final class GateKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(GateKeeper.class);

    /** How often the instances are read while a gate is closed: twice a heartbeat, and few against a worker's polls. */
    private static final Duration EVERY = Duration.ofSeconds(5);

    private static final String FIRST_BUILD =
            "waits to be told: the first build that was ever seen here is running, and older instances may not know this"
                    + " library; when none of those runs any more, say MODE=after, or assumeNoOlderInstances() on the builder";

    private final StateStore store;
    private final Terms terms;
    private final String build;
    private final LongSupplier nanoTime;
    private final Map<Long, Watch> watches = new ConcurrentHashMap<>();
    private final ReentrantLock asking = new ReentrantLock();

    /**
     * What a gate opens by.
     *
     * @param gates those that must agree with the instances
     * @param settle how far apart the two readings are
     * @param drain how long an instance counts that was closed
     * @param noOlder whether no instance runs that does not know this library
     */
    public record Terms(List<Gate> gates, Duration settle, Duration drain, boolean noOlder) {
        /**
         * Copies the list.
         *
         * @param gates those that must agree with the instances
         * @param settle how far apart the two readings are
         * @param drain how long this instance counts after its close, and others that have not written down until when
         * @param noOlder whether no instance runs that does not know this library
         */
        public Terms {
            gates = List.copyOf(gates);
        }
    }

    /** A gate that is watched: when it was last asked, since when all agree, and why it is closed. */
    private record Watch(
            long askedAt, @Nullable Long agreedAt, @Nullable String reason) {}

    /** What the tables say at one reading. */
    private record Reading(
            List<Seen> instances,
            @Nullable String firstBuild,
            Instant now,
            @Nullable Instant registeredAt) {}

    /**
     * A keeper.
     *
     * @param store the state tables
     * @param terms what a gate opens by
     * @param build the hash of this instance's build
     * @param nanoTime the running clock of this process: no database's clock that jumps shortens what is measured by it
     */
    public GateKeeper(StateStore store, Terms terms, String build, LongSupplier nanoTime) {
        this.store = store;
        this.terms = terms;
        this.build = build;
        this.nanoTime = nanoTime;
    }

    /**
     * Asks for a gate that is closed, and opens it when the time has come.
     *
     * @param entry the after-release migration
     * @return whether it was opened; its row is then to be read again
     * @throws SQLException when there is no connection
     */
    public boolean opens(MigrationEntry entry) throws SQLException {
        // One worker waits for a gate that answers late; the others go on with what there is to do.
        if (!asking.tryLock()) {
            return false;
        }
        try (LogContext.Scope scope = LogContext.of(entry).enter()) {
            assert scope != null;
            return asked(entry);
        } finally {
            asking.unlock();
        }
    }

    private boolean asked(MigrationEntry entry) throws SQLException {
        long now = nanoTime.getAsLong();
        Watch before = watches.get(entry.version());
        Duration every = terms.settle().compareTo(EVERY) < 0 ? terms.settle() : EVERY;
        if (before != null && now - before.askedAt() < every.toNanos()) {
            return false;
        }
        Reading reading = store.transaction(tx -> read(tx, entry.version()));
        String reason = reason(entry, reading);
        Long agreedAt = reason != null ? null : before == null || before.agreedAt() == null ? now : before.agreedAt();
        if (agreedAt != null && now - agreedAt >= terms.settle().toNanos() && before != null) {
            watches.remove(entry.version());
            return store.transaction(tx -> open(tx, entry, all(reading.instances(), entry)));
        }
        String shown = reason != null ? reason : settling(entry, reading);
        watches.put(entry.version(), new Watch(now, agreedAt, shown));
        show(entry, before == null ? null : before.reason(), shown);
        return false;
    }

    /** Its row is read again: that of a worker with nothing to do may be of another run. */
    private static boolean open(StateTransaction tx, MigrationEntry entry, String because) {
        MigrationRow now = MigrationRows.find(tx, entry.version());
        return now != null && GateRows.open(tx, now, false, because);
    }

    private Reading read(StateTransaction tx, long version) {
        return new Reading(
                InstanceRows.present(tx, terms.drain()),
                BuildRows.first(tx),
                tx.readClock(),
                MigrationRows.registeredAt(tx, version));
    }

    private String settling(MigrationEntry entry, Reading reading) {
        return all(reading.instances(), entry) + "; opens when that has held for " + Gates.words(terms.settle());
    }

    private static String all(List<Seen> instances, MigrationEntry entry) {
        String version = MigrationEntry.written(entry.version());
        return instances.size() == 1
                ? "the one instance that runs has a build with " + version
                : "all " + instances.size() + " instances run a build with " + version;
    }

    private @Nullable String reason(MigrationEntry entry, Reading reading) {
        String older = OlderInstances.without(entry.version(), reading.instances());
        if (older != null) {
            return older;
        }
        if (reading.instances().stream().noneMatch(seen -> seen.build().equals(build))) {
            return "waits for this instance to be written down in the instances' table";
        }
        boolean isFirst =
                reading.instances().stream().anyMatch(seen -> seen.build().equals(reading.firstBuild()));
        if (isFirst && terms.gates().isEmpty() && !terms.noOlder()) {
            return FIRST_BUILD;
        }
        return gates(entry, reading);
    }

    private @Nullable String gates(MigrationEntry entry, Reading reading) {
        Instant registered = reading.registeredAt() == null ? reading.now() : reading.registeredAt();
        GateRun run = new GateRun(entry, registered, reading.now());
        for (Gate gate : terms.gates()) {
            try {
                String reason = gate.ask(run).reason();
                if (reason != null) {
                    return reason;
                }
            } catch (Throwable failure) {
                LOG.warn("a gate failed on {}", entry, Masked.failure(failure));
                return "waits for a gate that fails: " + Masked.text(failure.toString());
            }
        }
        return null;
    }

    /**
     * Whether an open gate may stay so, asked after it was read as open and before its migration is claimed: the other half of
     * "write, then read". When an older instance has come meanwhile it is closed, unless a mode has opened it.
     *
     * @param entry the after-release migration
     * @param row its row as read, open
     * @return whether the migration may begin
     * @throws SQLException when there is no connection
     */
    public boolean holdsOpen(MigrationEntry entry, MigrationRow row) throws SQLException {
        if (row.gate().isTold()) {
            return true;
        }
        String older = older(entry);
        if (older == null) {
            return true;
        }
        watches.remove(entry.version());
        store.transaction(tx -> GateRows.close(tx, row.version(), older));
        return false;
    }

    /**
     * Who still runs a build without a migration.
     *
     * @param entry the migration
     * @return the instances, in a sentence; null for nobody
     * @throws SQLException when there is no connection
     */
    public @Nullable String older(MigrationEntry entry) throws SQLException {
        return store.transaction(
                tx -> OlderInstances.without(entry.version(), InstanceRows.present(tx, terms.drain())));
    }

    /**
     * Why a gate is closed.
     *
     * @param version the after-release migration
     * @return the reason of the last reading; null while another worker takes the first one
     */
    public @Nullable String reason(long version) {
        // In this order: what that worker has found when it is through is then seen.
        boolean isBeingAsked = asking.isLocked();
        Watch watch = watches.get(version);
        if (watch != null && watch.reason() != null) {
            return watch.reason();
        }
        return isBeingAsked ? null : "waits for its gate";
    }

    private void show(MigrationEntry entry, @Nullable String before, String reason) throws SQLException {
        if (!reason.equals(before)) {
            LOG.debug("{}: {}", entry, reason);
        }
        // Also where it is the same: another instance may have written what it saw.
        store.transaction(tx -> {
            MigrationRows.throttled(tx, entry.version(), reason);
            return null;
        });
    }
}
