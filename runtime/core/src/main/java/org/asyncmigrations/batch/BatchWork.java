package org.asyncmigrations.batch;

import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.asyncmigrations.BatchEvent;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.batch.BatchUse.Allowance;
import org.asyncmigrations.batch.KeySpace.Key;
import org.asyncmigrations.product.Limits;
import org.asyncmigrations.session.Session;
import org.asyncmigrations.session.UserWork;
import org.asyncmigrations.state.KeptClaim;
import org.asyncmigrations.state.RangeRows;
import org.asyncmigrations.state.Reject;
import org.asyncmigrations.state.RejectRows;
import org.asyncmigrations.state.StateStore;
import org.asyncmigrations.state.StateTransaction;
import org.asyncmigrations.state.WalkSoFar;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of one range. Each is a transaction that either looks over a stride or changes a batch and fences it. Holds the
 * position between two fences; after a failure, a new instance starts from the database's cursor. Used by one thread.
 */
final class BatchWork {
    private static final Logger LOG = LoggerFactory.getLogger(BatchWork.class);

    /** How often strides that changed nothing are fenced: after a takeover, at most a second of work is repeated. */
    private static final Duration UNFENCED = Duration.ofSeconds(1);

    /** Keys shown if rows stay pending. */
    private static final int SAMPLES = 3;

    /** The longest sample: three of them fit into their column. */
    private static final int SAMPLE_LENGTH = 120;

    private final Tools tools;
    private final StateStore store;
    private WalkSettings settings;
    private final KeySpace space;
    private final Steering steering;
    private final WalkSpeed speed;
    private final KeptClaim kept;
    private final WalkedRange walked;
    private final @Nullable Key end;
    private @Nullable Key position;
    private long unfencedKeys;
    private Duration unfencedTime = Duration.ZERO;
    private long fencedAt = System.nanoTime();
    private Recorder.@Nullable Batch recorded;
    private boolean proven;
    private boolean keysRead;
    private boolean isTextTrusted;

    /** What all walks of an instance share. */
    record Tools(
            StateStore store,
            WalkSettings settings,
            Waiters waiters,
            Stop stop,
            LongSupplier nanoTime,
            Brake brake,
            Consumer<BatchEvent> told,
            Set<Long> warned) {
        /** Warns once for each migration that its code doesn't return what the database counts. */
        void warn(MigrationEntry entry, @Nullable RowCount unexplained) {
            if (unexplained != null && warned.add(entry.version())) {
                brake.warns(
                        entry,
                        "migrate() returned " + unexplained.claimed() + ", and the database counted "
                                + unexplained.rows() + " changed rows; the database's number is kept. Return the count"
                                + " of the statement that changes the table, such as the result of execute() or of"
                                + " batch.update(…)");
            }
        }
    }

    /** What steers a walk from batch to batch, and its speed so far. */
    record Gait(Steering steering, WalkSpeed speed) {}

    BatchWork(Tools tools, KeySpace space, Gait gait, KeptClaim kept, WalkedRange walked) {
        this.tools = tools;
        this.store = tools.store();
        this.settings = tools.settings();
        this.space = space;
        this.steering = gait.steering();
        this.speed = gait.speed();
        this.kept = kept;
        this.walked = walked;
        this.position = read(walked.range().position());
        this.end = read(walked.range().toKey());
    }

    private @Nullable Key read(@Nullable String key) {
        return key == null ? null : space.read(key);
    }

    /** Applies an operator's tuning from the next step on. */
    void follow(WalkSettings tuned) {
        settings = tuned;
    }

    /** Does one step. {@return whether the range's end has been reached} */
    boolean step(Session session) throws Exception {
        long began = tools.nanoTime().getAsLong();
        recorded = Recorder.ofThisJvm().batch();
        boolean looksAtAll = steering.looksAtAll() && end != null;
        Limits limits = limits(looksAtAll ? settings.lookTimeout() : statementTimeout());
        store.beginWork(session, limits);
        try (UserWork work = session.userWork(limits)) {
            kept.working(work);
            if (!keysRead) {
                new StoredKeys(space, work.own()).require(walked.range());
                keysRead = true;
            }
            String refused = steering.refused();
            if (refused != null) {
                return setAside(session, work, refused, began);
            }
            if (looksAtAll) {
                return lookAtAll(session, work, end, began);
            }
            return steering.isLooking()
                    ? look(session, work, began)
                    : change(session, work, next(work.own(), position), began);
        }
    }

    /** Waits for the first row of the next batch that another session has locked, while holding no other lock. */
    void awaitLockedRow(Session session) throws SQLException {
        Limits limits = limits(settings.longStatementTimeout(), settings.longLockTimeout());
        new LockedRow(store, space, limits).await(session, position, end, steering.batchSize());
    }

    private Duration statementTimeout() {
        return steering.isOfOneRow() ? settings.longStatementTimeout() : settings.statementTimeout();
    }

    /** Sets the next row aside. Its error has cost a connection when it was tried alone. */
    private boolean setAside(Session session, UserWork work, String error, long began) throws SQLException {
        Key row = space.firstPending(work.own(), position, end);
        if (row == null) {
            session.rollback();
            return false;
        }
        position = row;
        fence(session, work, new Done(0, null, 1, began), List.of(new Reject(space.write(row), error)));
        return row.equals(end);
    }

    private Limits limits(Duration statementTimeout) {
        return limits(statementTimeout, steering.isOfOneRow() ? settings.longLockTimeout() : settings.lockTimeout());
    }

    private Limits limits(Duration statementTimeout, Duration lockTimeout) {
        return new Limits(
                lockTimeout,
                statementTimeout,
                settings.claimTime().dividedBy(2),
                settings.transactionTimeout(statementTimeout),
                walked.claim().sessionName(),
                walked.entry().mayChangeSchema(),
                true);
    }

    /** A stretch of keys: its last key, whether the range ends there, and its number of keys at most. */
    private record Stretch(@Nullable Key last, boolean isTail, long keys) {}

    private Stretch next(DSLContext dsl, @Nullable Key after) {
        long size = steering.size();
        Key last = space.end(dsl, after, end, size);
        if (last != null) {
            return new Stretch(last, last.equals(end), space.keys(dsl, after, last, size));
        }
        return new Stretch(end != null ? end : space.last(dsl, after), true, 0);
    }

    /** Looks over the whole range in one query, which locks nothing. If nothing is pending, the range is done. */
    private boolean lookAtAll(Session session, UserWork work, Key rangesEnd, long began) throws SQLException {
        KeySpace.Count count = space.count(work.own(), position, rangesEnd);
        if (count.pending() > 0) {
            steering.lookCloser();
            session.rollback();
            return false;
        }
        position = rangesEnd;
        fence(session, work, new Done(0, null, count.keys(), began), List.of());
        return true;
    }

    private boolean look(Session session, UserWork work, long began) throws Exception {
        long beganRows = tools.nanoTime().getAsLong();
        Look.Sight sight = new Look(space, work.own()).over(position, end, steering.size());
        Duration onRows = since(beganRows);
        if (sight.pending() != null) {
            return change(session, work, batchFrom(work.own(), sight.pending()), began);
        }
        Stretch stride = sight.isTail()
                ? new Stretch(end != null ? end : sight.last(), true, sight.keys())
                : new Stretch(sight.last(), Objects.equals(sight.last(), end), sight.keys());
        position = stride.last() == null ? position : stride.last();
        unfencedKeys += stride.keys();
        if (stride.isTail() || System.nanoTime() - fencedAt > UNFENCED.toNanos()) {
            fence(session, work, new Done(0, null, 0, began), List.of());
        } else {
            work.verifySameTransaction();
            session.commit();
            unfencedTime = unfencedTime.plus(since(began));
        }
        steering.lookedOver(stride.keys(), since(began), onRows);
        return stride.isTail();
    }

    /** The batch that begins with the first pending key. The keys before it have just been seen to need no change. */
    private Stretch batchFrom(DSLContext dsl, Key pending) {
        long others = steering.batchSize() - 1;
        Key last = others == 0 ? pending : space.end(dsl, pending, end, others);
        if (last != null) {
            return new Stretch(last, last.equals(end), space.keys(dsl, pending, last, others) + 1);
        }
        Key tail = end != null ? end : space.last(dsl, pending);
        return new Stretch(tail == null ? pending : tail, true, 0);
    }

    private boolean change(Session session, UserWork work, Stretch batch, long began) throws Exception {
        if (batch.last() == null) {
            session.rollback();
            return true;
        }
        Key after = position;
        // The last batch of a table has no upper key: all rows that come after belong to it.
        Key upTo = batch.isTail() ? end : batch.last();
        String found = walked.isVerifying() ? sample(work.own(), after, upTo) : null;
        // The number of keys in a tail is unknown; it has fewer than a full batch.
        long most = Math.max(batch.keys(), steering.batchSize());
        long rowsTime = settings.rowsTime().toNanos();
        RejectFinder finder = finder(session, work, new Allowance(most, isTextTrusted), () -> isOver(began, rowsTime));
        long beganRows = tools.nanoTime().getAsLong();
        long rows = plausible(finder.change(after, upTo));
        Duration onRows = since(beganRows);
        tools.warn(walked.entry(), finder.unexplained());
        isTextTrusted = finder.allowance().isTextTrusted();
        Stretch done = finder.cut() == null ? batch : untilCut(work.own(), after, finder.cut(), rows);
        upTo = done.isTail() ? end : done.last();
        proveProgress(session, work, after, upTo, rows, finder);
        Key last = upTo == null ? lastNow(work.own(), batch.last()) : upTo;
        position = last;
        boolean waited =
                steering.asksForWaiters(since(began)) && tools.waiters().exist(session);
        // The keys of a tail aren't counted; there are at least as many as changed rows and rejects.
        long keys = done.keys() == 0 ? rows + finder.rejects().size() : done.keys();
        fence(session, work, new Done(rows, found, keys, began), finder.rejects());
        Duration took = since(began);
        log(last, rows, keys, took);
        if (finder.rejects().isEmpty()) {
            steering.changed(Math.max(1, keys), rows, took, onRows, waited);
        } else if (waited) {
            // Finding rejects takes time that says nothing about the other rows.
            steering.giveWay();
        }
        return done.isTail();
    }

    private RejectFinder finder(Session session, UserWork work, Allowance allowance, BooleanSupplier isOver) {
        RowLoop loop = new TimedRowLoop(work, settings.thinkTime(), kept::alive, isOver);
        RejectFinder.Patience patience = new RejectFinder.Patience(() -> budgetLeft(session), () -> isProven(session));
        return new RejectFinder(new RejectFinder.Walked(walked.migration(), space), work, allowance, loop, patience);
    }

    private int budgetLeft(Session session) {
        return settings.rejectBudget()
                - RejectRows.count(store.within(session), walked.entry().version());
    }

    /** Whether the code has changed rows before. A later pass, or a walk that seals, may meet only rows that can't be changed. */
    private boolean isProven(Session session) {
        long version = walked.row().version();
        return walked.isVerifying() || version < 0 || WalkSoFar.hasBegun(store.within(session), version);
    }

    /** Whether no further row may begin. The rows changed so far are written; the rest is left to the next batch. */
    private boolean isOver(long began, long nanos) {
        return tools.stop().isToEnd() || tools.nanoTime().getAsLong() - began > nanos;
    }

    /** A batch that has ended early. The rows after its last one are left to the next batch. */
    private Stretch untilCut(DSLContext dsl, @Nullable Key after, Key cut, long rows) {
        // By position, changed rows have moved away, so count at least those.
        return new Stretch(cut, false, Math.max(rows, dsl.fetchCount(space.table(), space.range(after, cut))));
    }

    /**
     * The last key after an open batch. Rows that were inserted and changed during the batch lie before it, so a successor doesn't
     * change them again.
     */
    private Key lastNow(DSLContext dsl, Key lastBefore) {
        Key last = space.last(dsl, lastBefore);
        return last == null ? lastBefore : last;
    }

    /** If the database doesn't count, this is the return value of migrate(). A nonsensical one must not overflow the sum's column. */
    private static long plausible(long rows) {
        return Math.max(0, Math.min(rows, Integer.MAX_VALUE));
    }

    /**
     * Proves that changed rows cease to be pending, in the first batch of each claim and in every batch of a verifying pass. Rows
     * that old code has written in the meantime are pending too, so only rows count that a second call leaves pending.
     */
    private void proveProgress(
            Session session, UserWork work, @Nullable Key after, @Nullable Key upTo, long rows, RejectFinder finder)
            throws Exception {
        // By position, the sieve has already done it.
        if (!space.hasPending() || space.positions() != null || (proven && !walked.isVerifying() && rows > 0)) {
            return;
        }
        Set<String> aside = finder.rejects().stream().map(Reject::key).collect(Collectors.toSet());
        Set<Key> left = pendingBeside(aside, work.own(), after, upTo);
        if (!left.isEmpty()) {
            finder(session, work, finder.allowance(), () -> false).changeAgain(after, upTo);
            Set<Key> stuck = pendingBeside(aside, work.own(), after, upTo);
            stuck.retainAll(left);
            if (!stuck.isEmpty()) {
                setAside(work, stuck, rows, finder);
            }
        }
        proven = true;
    }

    /** Sets aside rows that stay pending. If all rows do, or more than the reject budget allows, the code is wrong, and this throws. */
    private void setAside(UserWork work, Set<Key> stuck, long rows, RejectFinder finder) throws SQLException {
        // A later pass or batch may meet only such rows. Then only their number decides.
        boolean all = !proven && !walked.isVerifying() && stuck.size() >= rows;
        if (all || stuck.size() > settings.rejectBudget()) {
            // Rows are also pending again if migrate() has rolled back. Then that is the error to report.
            work.verifySameTransaction();
            throw new RowsStillPendingException(
                    stuck.stream().limit(SAMPLES).map(space::write).toList());
        }
        stuck.forEach(key -> finder.reject(key, RejectFinder.STILL_PENDING));
    }

    /** Some pending keys without those already set aside: enough of them to decide what to do. */
    private Set<Key> pendingBeside(Set<String> aside, DSLContext dsl, @Nullable Key after, @Nullable Key upTo) {
        int most = Math.max(SAMPLES, settings.rejectBudget() + 1) + aside.size();
        return space.somePending(dsl, after, upTo, most).stream()
                .filter(key -> !aside.contains(space.write(key)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Keys that are still pending in a verifying pass, for people. Read before they are changed. */
    private String sample(DSLContext dsl, @Nullable Key after, @Nullable Key upTo) {
        return space.somePending(dsl, after, upTo, SAMPLES).stream()
                .map(space::write)
                .map(key -> key.substring(0, Math.min(SAMPLE_LENGTH, key.length())))
                .collect(Collectors.joining(", "));
    }

    /** The result of a batch: rows changed, samples of keys that should have been changed before, keys walked, and when it began. */
    private record Done(long rows, @Nullable String found, long keys, long began) {
        RangeRows.Progress at(String cursor, long unfenced, RangeRows.Speed speed) {
            return new RangeRows.Progress(
                    cursor, rows, found == null ? 0 : Math.max(1, rows), found, keys + unfenced, speed);
        }
    }

    private void fence(Session session, UserWork work, Done done, List<Reject> rejects) throws SQLException {
        work.verifySameTransaction();
        String cursor = position == null ? null : space.write(position);
        if (cursor == null) {
            session.commit();
            return;
        }
        StateTransaction tx = store.within(session);
        RejectRows.add(tx, walked.row(), rejects);
        int aside = rejects.isEmpty() ? 0 : RejectRows.count(tx, walked.entry().version());
        long before = System.nanoTime();
        RangeRows.Speed walks = speed.commits(
                done.keys() + unfencedKeys, took(done), tools.nanoTime().getAsLong());
        RangeRows.Progress progress = done.at(cursor, unfencedKeys, walks);
        String fingerprint = walked.row().code().fingerprint();
        if (kept.isLost()
                || !RangeRows.fence(tx, walked.range(), walked.claim(), progress, fingerprint, settings.claimTime())) {
            throw new ClaimLostException();
        }
        session.commit();
        kept.renewedAt(before);
        fencedAt = before;
        store.tell(tx);
        tell(done, rejects.size());
        unfencedKeys = 0;
        unfencedTime = Duration.ZERO;
        if (aside > settings.rejectBudget()) {
            throw new RejectBudgetException(aside, settings.rejectBudget(), rejects.get(rejects.size() - 1));
        }
    }

    private Duration took(Done done) {
        return since(done.began()).plus(unfencedTime);
    }

    private void tell(Done done, int rejects) {
        Duration took = took(done);
        WalkSpeed.Rest rest = speed.committed(took, tools.nanoTime().getAsLong());
        MigrationEntry entry = walked.entry();
        BatchEvent batch = new BatchEvent(
                Math.abs(entry.version()),
                entry.name(),
                walked.purpose(),
                walked.range().number(),
                done.rows(),
                done.keys() + unfencedKeys,
                rejects,
                took,
                rest.rested(),
                rest.throttled());
        if (recorded != null) {
            recorded.committed(batch);
        }
        tools.told().accept(batch);
    }

    private void log(Key last, long rows, long keys, Duration took) {
        String line = "{}: {} rows changed up to key {} ({} keys) in {} ms";
        Object[] values = {walked.name(), rows, space.write(last), keys, took.toMillis()};
        if (settings.verbose()) {
            LOG.info(line, values);
        } else {
            LOG.debug(line, values);
        }
    }

    private Duration since(long nanoTime) {
        return Duration.ofNanos(tools.nanoTime().getAsLong() - nanoTime);
    }
}
