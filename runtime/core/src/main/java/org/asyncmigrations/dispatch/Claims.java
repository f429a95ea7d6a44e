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

/** Claims whole migrations for this instance, each claim under an owner of its own. Safe for threads. */
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

    /** {@return a name for one claim: this instance's, and a random number} */
    String newOwner() {
        return instance + ":"
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    }

    /** {@return an instance that holds some ranges, none if one of them is held here or nobody's} */
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

    /** {@return the claim on a pending migration where none is independent} */
    Starts.Started start(MigrationEntry entry, MigrationRow row, Set<String> tables) throws SQLException {
        StartRows.Worked worked = new StartRows.Worked(tables, entry.independent());
        return start(entry, row, tx -> StartRows.inOrder(tx, row, newOwner(), claimTime(), worked));
    }

    /** Has all starts decided under a lock from now on. */
    void lockStarts() throws SQLException {
        store.transaction(tx -> {
            StartRows.makeLock(tx);
            return null;
        });
    }

    /** {@return the claim on a pending migration, if what runs admits it} */
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

    /** {@return the claim on one in processing that nobody holds, null when the row was not as read any more} */
    @Nullable
    Claimed takeOver(MigrationEntry entry, MigrationRow row) throws SQLException {
        // What was not done in a transaction is not held off by a fence: the row names its worker until that one is
        // gone.
        if (!entry.transactional() && !oldSessions.end(row.owner())) {
            return null;
        }
        String owner = newOwner();
        Recorder.Claiming recorded = Recorder.ofThisJvm().claiming();
        Claim claim = takeOver(row.owner(), tx -> MigrationClaims.takeOver(tx, row, owner, claimTime()));
        return claimed(entry, row, recorded(recorded, entry, 0, claim));
    }

    /** {@return the claim on all of a walk, whoever holds its ranges; null when the row was not as read any more} */
    @Nullable
    Claimed recall(MigrationEntry entry, MigrationRow row) throws SQLException {
        String owner = newOwner();
        Recorder.Claiming recorded = Recorder.ofThisJvm().claiming();
        Claim claim = store.transaction(tx -> MigrationClaims.recall(tx, row, owner, claimTime()));
        return claimed(entry, row, recorded(recorded, entry, 0, claim));
    }

    /** {@return the claim on a range that nobody holds, null when it was not as read any more, or there are workers enough} */
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
     * Claims what another worker may have held. That one's session may be there still, frozen or cut off, with its locks, on
     * the very row that is claimed: it is ended when it is in the way, and at the latest once the claim is ours.
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
