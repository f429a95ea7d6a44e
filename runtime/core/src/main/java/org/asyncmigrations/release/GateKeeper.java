package org.asyncmigrations.release;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.product.Masked;
import org.asyncmigrations.session.LogContext;
import org.asyncmigrations.state.BuildContents;
import org.asyncmigrations.state.GateRows;
import org.asyncmigrations.state.GateRows.Closed;
import org.asyncmigrations.state.InstanceRows;
import org.asyncmigrations.state.InstanceRows.Present;
import org.asyncmigrations.state.InstanceRows.Seen;
import org.asyncmigrations.state.MigrationRow;
import org.asyncmigrations.state.MigrationRows;
import org.asyncmigrations.state.StateStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the gates of after-release migrations. A gate opens when every live instance's build has known the migration at two
 * readings a while apart, and the application's own gates agree. If an older instance appears before the migration begins, its gate
 * is closed again. Thread-safe.
 */
public final class GateKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(GateKeeper.class);

    /** The time between readings of the instances while a gate is closed: much less often than workers poll. */
    private static final Duration EVERY = Duration.ofSeconds(5);

    /**
     * How much further than this process's stop watch the database's clock may go between two readings. After a larger jump, every
     * instance seems silent until its next heartbeat.
     */
    private static final Duration MOST_JUMP = Duration.ofMinutes(1);

    /** No gate opens for this long after a jump: within half of it, each live instance sends a heartbeat. */
    private static final Duration AFTER_JUMP = Heartbeat.WITH_NOTHING_TO_DO.multipliedBy(2);

    private static final String FIRST_BUILD =
            "waits for confirmation: the first build ever seen in this database is running, and instances without this"
                    + " library, which do not register, may still run; once none does, set MODE=after, or call"
                    + " assumeNoOlderInstances() on the builder";

    private final StateStore store;
    private final Terms terms;
    private final String build;
    private final LongSupplier nanoTime;
    private final BuildContents builds = new BuildContents();
    private final Map<Long, Watch> watches = new ConcurrentHashMap<>();
    private final ReentrantLock asking = new ReentrantLock();

    /** Guarded by {@code asking}. */
    private long askedAt;

    /** The database's clock at that time; guarded by {@code asking}. */
    private @Nullable Instant clockAt;

    /** When its clock was seen to have jumped; guarded by {@code asking}. */
    private @Nullable Long jumpedAt;

    /**
     * The conditions for opening a gate.
     *
     * @param gates the application's own gates, which must agree too
     * @param settle the time between the two readings
     * @param drain how long a closed instance still counts
     * @param noOlder whether no release without this library is running
     */
    public record Terms(List<Gate> gates, Duration settle, Duration drain, boolean noOlder) {
        /**
         * Copies the list.
         *
         * @param gates the application's own gates, which must agree too
         * @param settle the time between the two readings
         * @param drain how long this instance counts after its close, and other closed instances that haven't recorded their own
         *     time
         * @param noOlder whether no release without this library is running
         */
        public Terms {
            gates = List.copyOf(gates);
        }
    }

    /** A closed gate: since when all conditions hold, and why it is closed. */
    private record Watch(@Nullable Long agreedAt, String reason) {}

    /** The contents of the tables at one reading, for all gates. */
    private record Reading(Present present, Map<Long, Closed> gates) {}

    /**
     * A keeper.
     *
     * @param store the state tables
     * @param terms the conditions for opening a gate
     * @param build the hash of this instance's build
     * @param nanoTime this process's stop watch, which a jump of the database's clock can't shorten
     */
    public GateKeeper(StateStore store, Terms terms, String build, LongSupplier nanoTime) {
        this.store = store;
        this.terms = terms;
        this.build = build;
        this.nanoTime = nanoTime;
    }

    /**
     * Checks the closed gates, all with one reading, and opens those whose conditions hold.
     *
     * @param closed the after-release migrations
     * @return whether any was opened; if so, read the rows again
     * @throws SQLException if there is no connection
     */
    public boolean opens(List<MigrationEntry> closed) throws SQLException {
        // Only one worker waits for a slow gate; the others continue with other work.
        if (closed.isEmpty() || !asking.tryLock()) {
            return false;
        }
        try {
            long now = nanoTime.getAsLong();
            Duration every = terms.settle().compareTo(EVERY) < 0 ? terms.settle() : EVERY;
            boolean isDue = now - askedAt >= every.toNanos()
                    || closed.stream().anyMatch(entry -> !watches.containsKey(entry.version()));
            return isDue && asked(closed, now);
        } finally {
            asking.unlock();
        }
    }

    private boolean asked(List<MigrationEntry> closed, long now) throws SQLException {
        List<Long> versions = closed.stream().map(MigrationEntry::version).toList();
        Reading reading = store.read(
                tx -> new Reading(InstanceRows.present(tx, terms.drain(), builds), GateRows.closed(tx, versions)));
        reading.gates().values().stream().findFirst().ifPresent(gate -> noticeJump(gate.now(), now));
        askedAt = now;
        boolean opened = false;
        Map<Long, String> unsaid = new TreeMap<>();
        for (MigrationEntry entry : closed) {
            Closed row = reading.gates().get(entry.version());
            if (row != null) {
                try (LogContext.Scope scope = LogContext.of(entry).enter()) {
                    assert scope != null;
                    String reason = asked(entry, row, reading.present(), now);
                    if (reason == null) {
                        opened |= open(entry);
                    } else if (!row.shows(reason)) {
                        unsaid.put(entry.version(), reason);
                    }
                }
            }
        }
        say(unsaid);
        return opened;
    }

    /** A host that was suspended, or a clock that is set, makes live instances look as if they were gone. */
    private void noticeJump(Instant clock, long now) {
        if (clockAt != null
                && Duration.between(clockAt, clock).minusNanos(now - askedAt).compareTo(MOST_JUMP) > 0) {
            jumpedAt = now;
            LOG.warn(
                    "async migrations: the database's clock went from {} to {} within {} ms; no gate opens for the next {}",
                    clockAt,
                    clock,
                    Duration.ofNanos(now - askedAt).toMillis(),
                    Gates.words(AFTER_JUMP));
        }
        clockAt = clock;
    }

    private boolean isAfterJump(long now) {
        return jumpedAt != null && now - jumpedAt < AFTER_JUMP.toNanos();
    }

    /** {@return why the gate stays closed, null if it may open} */
    private @Nullable String asked(MigrationEntry entry, Closed row, Present present, long now) {
        Watch before = watches.get(entry.version());
        String reason = reason(entry, row, present);
        Long agreedAt = reason != null ? null : before == null || before.agreedAt() == null ? now : before.agreedAt();
        boolean hasSettled =
                agreedAt != null && now - agreedAt >= terms.settle().toNanos() && before != null;
        if (hasSettled && !isAfterJump(now)) {
            return null;
        }
        String shown = reason != null ? reason : settling(entry, present.instances(), now);
        watches.put(entry.version(), new Watch(agreedAt, shown));
        if (before == null || !shown.equals(before.reason())) {
            LOG.debug("{}: {}", entry, shown);
        }
        return shown;
    }

    /** Reads instances and row again, in the transaction that opens the gate: the earlier reading may have missed something. */
    private boolean open(MigrationEntry entry) throws SQLException {
        watches.remove(entry.version());
        return store.transaction(tx -> {
            List<Seen> instances = InstanceRows.present(tx, terms.drain());
            MigrationRow row = MigrationRows.find(tx, entry.version());
            return row != null
                    && OlderInstances.without(entry.version(), instances) == null
                    && GateRows.open(tx, row, false, all(instances, entry));
        });
    }

    private String settling(MigrationEntry entry, List<Seen> instances, long now) {
        Duration settle = isAfterJump(now) && AFTER_JUMP.compareTo(terms.settle()) > 0 ? AFTER_JUMP : terms.settle();
        return all(instances, entry) + "; opens when this has been true for " + Gates.words(settle)
                + (isAfterJump(now) ? ", since the database's clock has jumped" : "");
    }

    private static String all(List<Seen> instances, MigrationEntry entry) {
        String version = MigrationEntry.written(entry.version());
        return instances.size() == 1
                ? "the only running instance has a build with " + version
                : "all " + instances.size() + " instances run a build with " + version;
    }

    private @Nullable String reason(MigrationEntry entry, Closed row, Present present) {
        List<Seen> instances = present.instances();
        String older = OlderInstances.without(entry.version(), instances);
        if (older != null) {
            return older;
        }
        if (instances.stream().noneMatch(seen -> seen.build().equals(build))) {
            return "waits until this instance is registered in the instances table";
        }
        boolean isFirst = instances.stream().anyMatch(seen -> seen.build().equals(present.firstBuild()));
        if (isFirst && terms.gates().isEmpty() && !terms.noOlder()) {
            return FIRST_BUILD;
        }
        return gates(entry, row);
    }

    private @Nullable String gates(MigrationEntry entry, Closed row) {
        GateRun run = new GateRun(entry, row.registeredAt(), row.now());
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
     * Checks whether an open gate may stay open, after it was read as open and before its migration is claimed. An arriving
     * instance writes its row and then reads the gates; the instances are read here after the gate was written. So one of the two
     * notices the other. If an older instance has arrived, the gate is closed, unless a mode or a forced order has opened it.
     *
     * @param entry the after-release migration
     * @param row its row as read, open
     * @return whether the migration may begin
     * @throws SQLException if there is no connection
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
     * Which instances still run a build without a migration.
     *
     * @param entry the migration
     * @return the instances, in a sentence; null for none
     * @throws SQLException if there is no connection
     */
    public @Nullable String older(MigrationEntry entry) throws SQLException {
        return store.transaction(
                tx -> OlderInstances.without(entry.version(), InstanceRows.present(tx, terms.drain())));
    }

    /**
     * Why a gate is closed.
     *
     * @param version the after-release migration
     * @return the reason of the last reading; null while another worker does the first reading
     */
    public @Nullable String reason(long version) {
        // In this order: if that worker finishes between the two reads, its result is seen.
        boolean isBeingAsked = asking.isLocked();
        Watch watch = watches.get(version);
        if (watch != null) {
            return watch.reason();
        }
        return isBeingAsked ? null : "waits for its gate";
    }

    /** Also reasons that this instance has written before, since another instance may have overwritten them. */
    private void say(Map<Long, String> reasons) throws SQLException {
        if (!reasons.isEmpty()) {
            store.transaction(tx -> {
                reasons.forEach((version, reason) -> MigrationRows.throttled(tx, version, reason));
                return null;
            });
        }
    }
}
