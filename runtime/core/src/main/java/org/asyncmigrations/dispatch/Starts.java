package org.asyncmigrations.dispatch;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.State;
import org.asyncmigrations.state.StartRows.Refusal;
import org.asyncmigrations.state.StartRows.Running;
import org.jspecify.annotations.Nullable;

/**
 * Starts migrations beside each other: never two on one table if one of them is independent, and no more independent ones at once
 * than the builder says, in the whole cluster. Safe for threads.
 */
final class Starts {
    private static final Made NONE = new Made(null, null);

    private final Contents contents;
    private final Claims claims;
    private final WorkedTables tables;
    private final Brakes brakes;
    private final int atOnce;

    /** What was found out last. */
    private final Map<Long, Candidate> known = new ConcurrentHashMap<>();

    /** What the status shows of those that may not begin. */
    private final Map<Long, String> refused = new ConcurrentHashMap<>();

    /** What the starts of one step may meet. Used by one thread. */
    static final class Beside {
        private final StateReader.Reading reading;
        private final List<Next> all;
        private @Nullable Refusal full;

        /**
         * @param reading what was read
         * @param all what there is to do
         */
        Beside(StateReader.Reading reading, List<Next> all) {
            this.reading = reading;
            this.all = all;
        }

        private List<MigrationEntry> lower(long version) {
            return all.stream()
                    .filter(next -> next instanceof Next.Run run && run.row().state() == State.PENDING)
                    .map(next -> ((Next.Run) next).entry())
                    .filter(entry -> entry.version() < version)
                    .toList();
        }
    }

    /** A migration that is to begin, and what it works on. */
    private record Candidate(MigrationEntry entry, Made made, Set<String> tables) {}

    Starts(Contents contents, Claims claims, WorkedTables tables, Brakes brakes, int atOnce) {
        this.contents = contents;
        this.claims = claims;
        this.tables = tables;
        this.brakes = brakes;
        this.atOnce = atOnce;
    }

    /** {@return the claim on a pending migration; without one, why it may not begin, or nothing if somebody else was faster} */
    Begun claim(Next.Run run, Beside beside) throws SQLException {
        MigrationEntry entry = run.entry();
        if (beside.full != null && entry.independent()) {
            return refused(entry, beside.full);
        }
        // What waits is not made anew at each poll.
        Candidate before = refused.containsKey(entry.version()) ? known.get(entry.version()) : null;
        Candidate candidate = before == null ? candidate(entry) : before;
        if (!beside.reading.isLocked()) {
            return begun(candidate, claims.start(entry, run.row(), candidate.tables()));
        }
        List<Candidate> lower = new ArrayList<>();
        for (MigrationEntry other : beside.lower(entry.version())) {
            Candidate found = known.get(other.version());
            lower.add(found == null ? candidate(other) : found);
        }
        if (!beside.reading.hasLock()) {
            claims.lockStarts();
        }
        Started started = claims.start(entry, run.row(), candidate.tables(), all -> {
            List<Running> running = all.stream()
                    .filter(other -> other.worked() || !beside.reading.gone().contains(Math.abs(other.version())))
                    .toList();
            Refusal conflict = conflict(candidate, lower, running);
            beside.full = conflict == null ? full(entry, running) : null;
            return conflict == null ? beside.full : conflict;
        });
        Refusal refusal = started.refusal();
        return refusal == null ? begun(candidate, started) : refused(entry, refusal);
    }

    /** What it was made with may be gone at the next attempt. */
    private Begun begun(Candidate candidate, Started started) {
        refused.remove(candidate.entry().version());
        known.remove(candidate.entry().version());
        return new Begun(started.claimed(), candidate.made(), null);
    }

    private Begun refused(MigrationEntry entry, Refusal refusal) throws SQLException {
        if (!refusal.why().equals(refused.put(entry.version(), refusal.why()))) {
            brakes.waits(entry, refusal.why());
        }
        return new Begun(null, NONE, refusal);
    }

    /**
     * How a start has ended.
     *
     * @param claimed the claimed migration, null if there is none
     * @param made its object
     * @param refusal why it may not begin yet; null also if somebody else was faster
     */
    record Begun(
            @Nullable Claimed claimed, Made made, @Nullable Refusal refusal) {}

    /**
     * How the claim of a start has ended.
     *
     * @param claimed the claimed migration, null if there is none
     * @param refusal why it may not begin yet; null also if somebody else was faster
     */
    record Started(@Nullable Claimed claimed, @Nullable Refusal refusal) {}

    /** Whatever keeps its object from being made is said by its attempt. */
    private Candidate candidate(MigrationEntry entry) throws SQLException {
        Made made = Made.of(contents, entry);
        Object migration = made.migration();
        Candidate candidate = new Candidate(
                entry, made, migration == null ? Set.copyOf(entry.writes()) : tables.of(entry, migration));
        known.put(entry.version(), candidate);
        return candidate;
    }

    /** One that has begun and that nobody is at just now is about to be gone on with, unless it is paused or of another build. */
    private @Nullable Refusal full(MigrationEntry entry, List<Running> running) {
        long others = running.stream()
                .filter(other -> isIndependent(other) && other.version() != entry.version())
                .filter(other -> other.worked() || !other.paused() && contents.entry(Math.abs(other.version())) != null)
                .count();
        return entry.independent() && others >= atOnce
                ? new Refusal(
                        "waits for one of the " + others
                                + " independent migrations that run; concurrentMigrations on the builder is " + atOnce,
                        false)
                : null;
    }

    private @Nullable Refusal conflict(Candidate candidate, List<Candidate> lower, List<Running> running) {
        Refusal conflict = conflict(candidate, running);
        for (Candidate before : lower) {
            String shared = shared(candidate, before.tables());
            // What waits for more than the table keeps nobody from it.
            if (conflict == null && shared != null && full(before.entry(), running) == null) {
                return new Refusal(
                        "waits for " + before.entry() + ", which comes before it on the table " + shared, false);
            }
        }
        return conflict;
    }

    private @Nullable Refusal conflict(Candidate candidate, List<Running> running) {
        for (Running other : running) {
            boolean excludes = other.version() != candidate.entry().version()
                    && (candidate.entry().independent() || isIndependent(other));
            Set<String> theirs = other.tables();
            if (excludes && theirs == null) {
                return new Refusal(
                        "waits for " + contents.named(other.version())
                                + ", which an instance with an older version of this library has begun, without its tables",
                        other.paused());
            }
            String shared = excludes && theirs != null ? shared(candidate, theirs) : null;
            if (shared != null) {
                return new Refusal(
                        "waits for " + contents.named(other.version()) + ", which "
                                + (other.paused() ? "is paused and " : "") + "works on the table " + shared,
                        other.paused());
            }
        }
        return null;
    }

    /** What was begun as an ordered one is what this build makes of it. */
    private boolean isIndependent(Running other) {
        MigrationEntry entry = contents.entry(other.version());
        return other.independent() || entry != null && entry.independent();
    }

    private static @Nullable String shared(Candidate candidate, Set<String> tables) {
        Set<String> shared = new TreeSet<>(candidate.tables());
        shared.retainAll(tables);
        return shared.isEmpty() ? null : String.join(", ", shared);
    }
}
