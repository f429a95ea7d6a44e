package org.asyncmigrations.dispatch;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.batch.Recorder;
import org.asyncmigrations.batch.Tunings;
import org.asyncmigrations.product.Trouble;
import org.asyncmigrations.state.Claim;
import org.asyncmigrations.state.MigrationClaims;
import org.asyncmigrations.state.MigrationRow;
import org.asyncmigrations.state.OldSessions;
import org.asyncmigrations.state.RangeRow;
import org.asyncmigrations.state.RangeRows;
import org.asyncmigrations.state.StartRows;
import org.asyncmigrations.state.StateStore;
import org.asyncmigrations.state.StateTransaction;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/** Claims whole migrations and ranges for this instance. Each claim has its own owner name. Thread-safe. */
final class Claims {
    private final StateStore store;
    private final Settings settings;
    private final String instance;
    private final OldSessions oldSessions;
    private final Tunings tunings;

    Claims(StateStore store, Settings settings, String instance, OldSessions oldSessions, Tunings tunings) {
        this.store = store;
        this.settings = settings;
        this.instance = instance;
        this.oldSessions = oldSessions;
        this.tunings = tunings;
    }

    /** {@return an owner name for one claim: the instance's name and a random number} */
    String newOwner() {
        return instance + ":"
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    }

    /** {@return one of the other instances that hold these ranges; empty if this instance holds one, or if one is free} */
    Optional<String> othersAmong(List<RangeRow> ranges) {
        Set<String> instances = new TreeSet<>();
        for (RangeRow range : ranges) {
            String owner = range.owner();
            instances.add(owner == null ? instance : owner.substring(0, Math.max(0, owner.lastIndexOf(':'))));
        }
        return instances.contains(instance)
                ? Optional.empty()
                : instances.stream().findFirst();
    }

    Duration claimTime() {
        return settings.times().claim();
    }

    int maxAttempts() {
        return settings.maxAttempts();
    }

    /** {@return the claim on a pending migration, if no migration is independent} */
    Starts.Started start(MigrationEntry entry, MigrationRow row, Set<String> tables) throws SQLException {
        StartRows.Worked worked = new StartRows.Worked(tables, entry.independent());
        return start(entry, row, tx -> StartRows.inOrder(tx, row, newOwner(), claimTime(), worked));
    }

    /** From now on, starts are decided under a lock. */
    void lockStarts() throws SQLException {
        store.transaction(tx -> {
            StartRows.makeLock(tx);
            return null;
        });
    }

    /** {@return the claim on a pending migration, if the running ones permit it} */
    Starts.Started start(
            MigrationEntry entry,
            MigrationRow row,
            Set<String> tables,
            Function<List<StartRows.Running>, StartRows.@Nullable Refusal> refusal)
            throws SQLException {
        StartRows.Worked worked = new StartRows.Worked(tables, entry.independent());
        return start(entry, row, tx -> StartRows.locked(tx, row, newOwner(), claimTime(), worked, refusal));
    }

    private Starts.Started start(
            MigrationEntry entry, MigrationRow row, Function<StateTransaction, StartRows.Start> verb)
            throws SQLException {
        Recorder.Claiming recorded = Recorder.ofThisJvm().claiming();
        StartRows.Start start;
        try {
            start = store.transaction(verb);
        } catch (StartRows.OutdatedException locked) {
            start = new StartRows.Start(null, null);
        }
        return new Starts.Started(claimed(entry, row, recorded(recorded, entry, 0, start.claim())), start.refusal());
    }

    /** {@return the claim on a migration in processing that nobody holds; null if the row has changed since it was read} */
    @Nullable
    Claimed takeOver(MigrationEntry entry, MigrationRow row) throws SQLException {
        // A fence doesn't stop work outside a transaction. So the row names its worker until that worker's session has
        // ended.
        if (!entry.transactional() && !oldSessions.end(row.owner())) {
            return null;
        }
        String owner = newOwner();
        Recorder.Claiming recorded = Recorder.ofThisJvm().claiming();
        Claim claim = takeOver(row.owner(), tx -> MigrationClaims.takeOver(tx, row, owner, claimTime()));
        return claimed(entry, row, recorded(recorded, entry, 0, claim));
    }

    /** {@return the claim on a whole walk, whoever holds its ranges; null if the row has changed since it was read} */
    @Nullable
    Claimed recall(MigrationEntry entry, MigrationRow row) throws SQLException {
        String owner = newOwner();
        Recorder.Claiming recorded = Recorder.ofThisJvm().claiming();
        Claim claim = store.transaction(tx -> MigrationClaims.recall(tx, row, owner, claimTime()));
        return claimed(entry, row, recorded(recorded, entry, 0, claim));
    }

    /**
     * {@return the claim on a range that nobody holds; null if it has changed since it was read, or if enough workers have ranges}
     */
    @Nullable
    Claim takeOver(MigrationEntry entry, MigrationRow row, RangeRow range) throws SQLException {
        String owner = newOwner();
        Recorder.Claiming recorded = Recorder.ofThisJvm().claiming();
        Claim claim = takeOver(
                range.owner(),
                tx -> tunings.admits(tx, row.version()) ? RangeRows.claim(tx, row, range, owner, claimTime()) : null);
        return recorded(recorded, entry, range.number(), claim);
    }

    /**
     * Claims what another worker may have held. That worker's session may still exist, frozen or disconnected, and hold a lock on
     * the row. The session is ended if it blocks the claim, and otherwise right after the claim.
     */
    private @Nullable Claim takeOver(@Nullable String predecessor, Function<StateTransaction, @Nullable Claim> verb)
            throws SQLException {
        Claim claim;
        try {
            claim = store.transaction(verb);
        } catch (DataAccessException failure) {
            if (Trouble.of(failure) != Trouble.LOCK || predecessor == null) {
                throw failure;
            }
            oldSessions.end(predecessor);
            claim = store.transaction(verb);
        }
        if (claim != null) {
            oldSessions.end(predecessor);
        }
        return claim;
    }

    private static @Nullable Claim recorded(
            Recorder.Claiming recorded, MigrationEntry entry, long range, @Nullable Claim claim) {
        recorded.ended(entry, range, claim != null);
        return claim;
    }

    private static @Nullable Claimed claimed(MigrationEntry entry, MigrationRow row, @Nullable Claim claim) {
        return claim == null ? null : new Claimed(entry, row, claim);
    }
}
