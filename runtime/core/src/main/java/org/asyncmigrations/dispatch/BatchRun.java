package org.asyncmigrations.dispatch;

import java.sql.SQLException;
import java.util.List;
import org.asyncmigrations.BatchMigration;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.State;
import org.asyncmigrations.batch.Brake.LastBatch;
import org.asyncmigrations.batch.Ended;
import org.asyncmigrations.batch.Frontier;
import org.asyncmigrations.batch.Recorder;
import org.asyncmigrations.batch.Tunings;
import org.asyncmigrations.batch.WalkedRange;
import org.asyncmigrations.batch.Walker;
import org.asyncmigrations.product.Limits;
import org.asyncmigrations.session.Session;
import org.asyncmigrations.session.UserWork;
import org.asyncmigrations.state.Claim;
import org.asyncmigrations.state.KeptClaim;
import org.asyncmigrations.state.KeyList;
import org.asyncmigrations.state.MigrationClaims;
import org.asyncmigrations.state.MigrationRow;
import org.asyncmigrations.state.MigrationRows;
import org.asyncmigrations.state.RangeRow;
import org.asyncmigrations.state.RangeRows;
import org.asyncmigrations.state.RejectRows;
import org.asyncmigrations.state.StateStore;
import org.asyncmigrations.state.StateTransaction;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Does the next part of a {@link BatchMigration}: walks a range or, once all ranges of a pass are finished, starts the next pass or
 * finishes the migration. Thread-safe.
 */
final class BatchRun {
    /**
     * How many passes verify, after the one that changes rows. If rows are still pending after the last one, running code keeps
     * writing them.
     */
    private static final int VERIFYING_PASSES = 3;

    private final StateStore store;
    private final Attempts attempts;
    private final Frontier frontier;
    private final Walker walker;
    private final Claims claims;
    private final Tunings tunings;
    private final RejectRun rejects;
    private final TableVerification tableVerification;

    /** What walks ranges and retries rejects. */
    record Walks(Frontier frontier, Walker walker, RejectRun rejects) {}

    BatchRun(StateStore store, Attempts attempts, Walks walks, Claims claims, Tunings tunings) {
        this.store = store;
        this.rejects = walks.rejects();
        this.attempts = attempts;
        this.frontier = walks.frontier();
        this.walker = walks.walker();
        this.claims = claims;
        this.tunings = tunings;
        this.tableVerification = new TableVerification(store, attempts, frontier);
    }

    /** Opens the walk of a migration that this worker has just claimed. */
    void begin(Claimed claimed, BatchMigration migration) {
        attempts.make(claimed, (session, kept) -> isOpened(session, kept, claimed, migration));
    }

    private boolean isOpened(Session session, KeptClaim kept, Claimed claimed, BatchMigration migration)
            throws Exception {
        boolean anew = frontier.isOfOtherKey(claimed.entry(), migration, claimed.row(), session);
        if (anew && !frontier.isProvable(claimed.entry(), migration, session)) {
            requireUntouched(session, claimed);
        }
        long estimate = frontier.estimate(claimed.entry(), migration, session);
        attempts.begin(session, claimed);
        try (UserWork work = attempts.work(session, claimed, kept)) {
            boolean done = Checks.isDoneAlready(migration, claimed, work);
            work.verifySameTransaction();
            if (done) {
                return attempts.finish(session, claimed, "isDone() said so before the attempt", 0);
            }
        }
        session.commit();
        if (anew) {
            return isBegunAnew(session, claimed, estimate);
        }
        if (!rejects.retry(session, kept, claimed, migration)) {
            return false;
        }
        KeyList ends = frontier.firstEnds(claimed.entry(), claimed.row(), session);
        attempts.begin(session, claimed);
        MigrationClaims.Opening opening = new MigrationClaims.Opening(estimate, frontier.key(claimed.entry()), ends);
        boolean opened = committed(
                session,
                MigrationClaims.openWalk(store.within(session), claimed.entry().version(), claimed.claim(), opening));
        if (opened) {
            attempts.activity().opened(claimed.entry(), claimed.row().walk().key() == null, estimate);
        }
        return opened;
    }

    /**
     * Without a condition, only the old key tells which rows have been changed. So the walk can start over only if no batch has
     * ended yet.
     */
    private void requireUntouched(Session session, Claimed claimed) throws SQLException {
        session.begin(Limits.STATE);
        List<RangeRow> ranges = RangeRows.of(store.within(session), claimed.row());
        session.commit();
        boolean noneFinished = ranges.size() == claimed.row().walk().nextRange() - 1;
        if (!noneFinished || ranges.stream().anyMatch(range -> range.cursor() != null)) {
            throw new OtherKeyException(claimed, frontier.key(claimed.entry()));
        }
    }

    private boolean isBegunAnew(Session session, Claimed claimed, long estimate) throws SQLException {
        attempts.begin(session, claimed);
        StateTransaction tx = store.within(session);
        boolean held =
                MigrationClaims.walkAnew(tx, claimed.row(), claimed.claim(), frontier.key(claimed.entry()), estimate);
        if (committed(session, held)) {
            store.tell(tx);
            attempts.activity().opened(claimed.entry(), true, estimate);
        }
        return held;
    }

    /** Commits if the claim still held. Otherwise the caller rolls back. */
    private static boolean committed(Session session, boolean held) throws SQLException {
        if (held) {
            session.commit();
        }
        return held;
    }

    /** Walks a range if one is available. {@return whether there was something to do and no throttle prevented it} */
    boolean walk(MigrationEntry entry, MigrationRow row, BatchMigration migration) throws SQLException {
        if (frontier.isOfOtherKey(entry, migration, row)) {
            return recall(entry, row, migration);
        }
        List<RangeRow> ranges = store.transaction(tx -> RangeRows.of(tx, row));
        int most = tunings.workers(row.version());
        boolean hasRoom = ranges.stream().filter(RangeRow::claimed).count() < most;
        for (RangeRow range : ranges) {
            Claim claim = range.claimed() || !hasRoom ? null : claims.takeOver(entry, row, range);
            if (claim != null) {
                return walk(new WalkedRange(migration, entry, row, range.claimedBy(claim), claim));
            }
        }
        if (!row.walk().atEnd()) {
            return ranges.size() < most && openNext(entry, row, migration);
        }
        claims.othersAmong(ranges)
                .ifPresent(others -> attempts.activity()
                        .waits(
                                Level.INFO,
                                entry + " waits for the batches of " + others
                                        + "; if that instance has died, its claim expires within "
                                        + claims.claimTime().toSeconds() + " s"));
        return ranges.isEmpty() && end(entry, row, migration);
    }

    /**
     * Claims a walk whose ranges are of another key than the code's, and opens it again. {@return whether this worker got the
     * claim}
     */
    private boolean recall(MigrationEntry entry, MigrationRow row, BatchMigration migration) throws SQLException {
        Claimed claimed = claims.recall(entry, row);
        if (claimed != null) {
            begin(claimed, migration);
        }
        return claimed != null;
    }

    private boolean refuse(MigrationEntry entry, MigrationRow row, String what) throws SQLException {
        Claimed claimed = claims.recall(entry, row);
        if (claimed != null) {
            attempts.failed(claimed, new DamagedWalkException(entry, what));
        }
        return claimed != null;
    }

    private boolean walk(WalkedRange walked) {
        attempts.activity().joins(walked.entry());
        if (walked.range().attempts() > claims.maxAttempts()) {
            walker.failDeadWorkers(walked);
            return true;
        }
        return walker.walk(walked) != Ended.HELD;
    }

    private boolean openNext(MigrationEntry entry, MigrationRow row, BatchMigration migration) throws SQLException {
        if (frontier.isLost(entry, row)) {
            return refuse(
                    entry,
                    row,
                    "its frontier has been removed from the state table (columns frontier, frontier_at_end), although"
                            + " ranges have been handed out");
        }
        String owner = claims.newOwner();
        long before = System.nanoTime();
        Recorder.Claiming recorded = Recorder.ofThisJvm().claiming();
        RangeRow range = frontier.next(entry, migration, row, new RangeRows.Owner(owner, claims.claimTime()));
        recorded.ended(entry, range == null ? row.walk().nextRange() : range.number(), range != null);
        return range == null
                || walk(new WalkedRange(migration, entry, row, range, new Claim(owner, range.token(), before)));
    }

    /** {@return the last batch of the worker that walks next} */
    LastBatch lastBatch() {
        return walker.lastBatch();
    }

    /** Whether only the end of the migration is left. Rejects are retried before that, by whoever opens the walk. */
    boolean isAtEnd(MigrationRow row) throws SQLException {
        return row.walk().atEnd()
                && store.transaction(tx -> RangeRows.of(tx, row).isEmpty() && RejectRows.count(tx, row.version()) == 0);
    }

    /**
     * Whether a later pass found pending rows. The code that writes them may write more behind the cursor, so another pass is
     * pointless while that code runs.
     */
    boolean findsRowsAnew(MigrationRow row) throws SQLException {
        return row.state() == State.PROCESSING
                && row.walk().pass() > 1
                && row.walk().found() > 0
                && isAtEnd(row);
    }

    /** All ranges are finished: verifies once more, or finishes the migration. {@return whether this worker got the claim} */
    private boolean end(MigrationEntry entry, MigrationRow row, BatchMigration migration) throws SQLException {
        Claimed claimed = claims.takeOver(entry, row);
        if (claimed != null) {
            end(claimed, migration);
        }
        return claimed != null;
    }

    /** Ends a pass of a migration that this worker has claimed. */
    void end(Claimed claimed, BatchMigration migration) {
        attempts.make(claimed, (session, kept) -> {
            if (frontier.isOfOtherKey(claimed.entry(), migration, claimed.row(), session)) {
                return isOpened(session, kept, claimed, migration);
            }
            rejects.requireNone(session, claimed);
            boolean provable = frontier.isProvable(claimed.entry(), migration, session);
            MigrationRow.Walk walk = claimed.row().walk();
            if (!provable) {
                requireAllFinished(session, claimed);
                return finish(session, kept, claimed, migration, null);
            }
            if (walk.pass() > 1 && walk.found() == 0) {
                return finish(session, kept, claimed, migration, "pass " + walk.pass() + " found nothing pending");
            }
            return isClean(session, kept, claimed)
                    ? finish(session, kept, claimed, migration, "a check of the whole table found nothing pending")
                    : nextPass(session, claimed);
        });
    }

    /** If somebody deleted a range's row, some rows stay unchanged, and nothing tells which. */
    private void requireAllFinished(Session session, Claimed claimed) throws SQLException {
        session.begin(Limits.STATE);
        long missing = MigrationRows.rangesMissing(
                store.within(session), claimed.entry().version());
        session.commit();
        if (missing > 0) {
            throw new DamagedWalkException(
                    claimed.entry(),
                    missing + (missing == 1 ? " unfinished range is" : " unfinished ranges are")
                            + " missing from the ranges table, so it is unknown which of their rows were changed:"
                            + " somebody deleted the ranges or changed their column run");
        }
    }

    private boolean isClean(Session session, KeptClaim kept, Claimed claimed) throws SQLException {
        long began = System.nanoTime();
        try {
            return tableVerification.isClean(session, kept, claimed);
        } finally {
            walker.hasRead(began);
        }
    }

    private boolean nextPass(Session session, Claimed claimed) throws SQLException {
        MigrationRow.Walk walk = claimed.row().walk();
        if (walk.pass() > VERIFYING_PASSES) {
            throw new StillWrittenException(claimed.entry(), walk);
        }
        attempts.begin(session, claimed);
        boolean opened = committed(
                session,
                MigrationClaims.nextPass(store.within(session), claimed.entry().version(), claimed.claim()));
        if (opened) {
            attempts.activity()
                    .says(
                            claimed.entry(),
                            "has walked its table; pass " + (walk.pass() + 1)
                                    + " looks for rows that are still pending");
        }
        return opened;
    }

    private boolean finish(
            Session session, KeptClaim kept, Claimed claimed, BatchMigration migration, @Nullable String detail)
            throws Exception {
        attempts.begin(session, claimed);
        try (UserWork work = attempts.work(session, claimed, kept)) {
            Checks.requireDone(migration, claimed, work);
            work.verifySameTransaction();
            int accepted = RejectRows.countAccepted(
                    store.within(session), claimed.entry().version());
            return attempts.finish(session, claimed, detail(detail, accepted), 0);
        }
    }

    private static @Nullable String detail(@Nullable String detail, int accepted) {
        if (accepted == 0) {
            return detail;
        }
        return (detail == null ? "" : detail + "; ") + accepted + (accepted == 1 ? " reject" : " rejects")
                + " accepted";
    }

    /** The key has changed, and nothing tells which rows have been changed. */
    private static final class OtherKeyException extends MigrationException
            implements org.asyncmigrations.product.NotRetried {
        private static final long serialVersionUID = 1L;

        OtherKeyException(Claimed claimed, String key) {
            super(
                    claimed.entry().version(),
                    claimed.entry() + " has walked part of its table by "
                            + claimed.row().walk().key()
                            + ", but its code now has the key " + key + "; without pending(), nothing tells which rows"
                            + " have been changed. Override pending(), and the walk starts again with the rows that"
                            + " still match; or let key() return the old key and call retry(); or, if rows may be"
                            + " changed twice, delete the migration's row from the state table, so that it runs again",
                    null);
        }
    }

    /** Each pass found pending rows again. */
    private static final class StillWrittenException extends MigrationException
            implements org.asyncmigrations.product.NotRetried {
        private static final long serialVersionUID = 1L;

        StillWrittenException(MigrationEntry entry, MigrationRow.Walk walk) {
            super(
                    entry.version(),
                    entry + ": pass " + walk.pass() + " still found " + walk.found()
                            + (walk.found() == 1 ? " pending row" : " pending rows") + " (keys " + walk.foundKeys()
                            + "): old code still writes the old form; stop all instances with the old code, then call"
                            + " retry()",
                    null);
        }
    }
}
