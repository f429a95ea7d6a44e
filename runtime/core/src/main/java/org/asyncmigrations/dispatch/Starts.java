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
 * Starts migrations that can run at the same time. If one of two migrations is independent, they never work on the same table at
 * the same time. In the whole cluster, no more independent migrations run at once than the builder allows. Thread-safe.
 */
final class Starts {
    private static final CreatedMigration NONE = new CreatedMigration(null, null);

    private final MigrationSet contents;
    private final Claims claims;
    private final WorkedTables tables;
    private final Brakes brakes;
    private final int atOnce;

    /** What was last found out about a migration. */
    private final Map<Long, Candidate> known = new ConcurrentHashMap<>();

    /** Why migrations may not begin, as the status shows it. */
    private final Map<Long, String> refused = new ConcurrentHashMap<>();

    /** The circumstances of the starts in one step. Used by one thread. */
    static final class Beside {
        private final StateReader.Reading reading;
        private final List<NextAction> all;
        private @Nullable Refusal full;

        /**
         * @param reading what was read
         * @param all what there is to do
         */
        Beside(StateReader.Reading reading, List<NextAction> all) {
            this.reading = reading;
            this.all = all;
        }

        private List<MigrationEntry> lower(long version) {
            return all.stream()
                    .filter(next ->
                            next instanceof NextAction.Run run && run.row().state() == State.PENDING)
                    .map(next -> ((NextAction.Run) next).entry())
                    .filter(entry -> entry.version() < version)
                    .toList();
        }
    }

    /** A migration to start, and the tables that it works on. */
    private record Candidate(MigrationEntry entry, CreatedMigration made, Set<String> tables) {}

    Starts(MigrationSet contents, Claims claims, WorkedTables tables, Brakes brakes, int atOnce) {
        this.contents = contents;
        this.claims = claims;
        this.tables = tables;
        this.brakes = brakes;
        this.atOnce = atOnce;
    }

    /** {@return the claim on a pending migration or, without one, why it may not begin; neither if another worker was faster} */
    Begun claim(NextAction.Run run, Beside beside) throws SQLException {
        MigrationEntry entry = run.entry();
        if (beside.full != null && entry.independent()) {
            return refused(entry, beside.full);
        }
        // A waiting migration isn't created again at each poll.
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

    /** Forgets the candidate. What it was created with may be gone at the next attempt. */
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
     * The result of a start.
     *
     * @param claimed the claimed migration, null if there is none
     * @param made its object
     * @param refusal why it may not begin yet; null also if another worker was faster
     */
    record Begun(
            @Nullable Claimed claimed,
            CreatedMigration made,
            @Nullable Refusal refusal) {}

    /**
     * The result of a claim for a start.
     *
     * @param claimed the claimed migration, null if there is none
     * @param refusal why it may not begin yet; null also if another worker was faster
     */
    record Started(@Nullable Claimed claimed, @Nullable Refusal refusal) {}

    /** Finds a migration's tables. If its object can't be created, its attempt reports why. */
    private Candidate candidate(MigrationEntry entry) throws SQLException {
        CreatedMigration made = CreatedMigration.of(contents, entry);
        Object migration = made.migration();
        Candidate candidate = new Candidate(
                entry, made, migration == null ? Set.copyOf(entry.writes()) : tables.of(entry, migration));
        known.put(entry.version(), candidate);
        return candidate;
    }

    /**
     * Refuses a start if enough independent migrations run. One that has begun and has no worker right now counts, since it's about
     * to continue, unless it is paused or belongs to another build.
     */
    private @Nullable Refusal full(MigrationEntry entry, List<Running> running) {
        long others = running.stream()
                .filter(other -> isIndependent(other) && other.version() != entry.version())
                .filter(other -> other.worked() || !other.paused() && contents.entry(Math.abs(other.version())) != null)
                .count();
        return entry.independent() && others >= atOnce
                ? new Refusal(
                        "waits for one of the " + others
                                + " running independent migrations; concurrentMigrations on the builder is " + atOnce,
                        false)
                : null;
    }

    private @Nullable Refusal conflict(Candidate candidate, List<Candidate> lower, List<Running> running) {
        Refusal conflict = conflict(candidate, running);
        for (Candidate before : lower) {
            String shared = shared(candidate, before.tables());
            // A migration that waits for something else too doesn't keep others from the table.
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
                                + ", which an instance with an older version of this library has begun without"
                                + " recording its tables",
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

    /** Whether a running migration is independent. For one that was started as an ordered one, this build decides. */
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
