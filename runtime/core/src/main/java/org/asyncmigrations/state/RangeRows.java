package org.asyncmigrations.state;

import static org.asyncmigrations.state.StateChange.exists;
import static org.jooq.impl.DSL.selectOne;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.asyncmigrations.State;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.SelectConditionStep;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * All statements on the ranges table. Each method is one conditional change and returns whether its condition still held. Stateless
 * and thread-safe.
 */
public final class RangeRows {
    private RangeRows() {}

    /**
     * The result of a batch, for its fence.
     *
     * @param cursor the range's new cursor
     * @param changed rows changed
     * @param found pending rows that a verification pass has found
     * @param foundKeys some of their keys, null for none
     * @param keys keys walked
     * @param speed the speed, null for unknown
     */
    public record Progress(
            String cursor,
            long changed,
            long found,
            @Nullable String foundKeys,
            long keys,
            @Nullable Speed speed) {}

    /**
     * The speed of a range's walk, for people.
     *
     * @param batchMillis how long the batch has taken up to its fence
     * @param keysPerSecond the worker's recent rate, pauses included
     */
    public record Speed(long batchMillis, long keysPerSecond) {}

    /**
     * The end of a range.
     *
     * @param walkKey the table and the columns of its keys, null for unknown
     * @param toKey the range's last key, null for the end of the table
     */
    public record End(@Nullable String walkKey, @Nullable String toKey) {}

    /**
     * The worker that claims a range.
     *
     * @param name unique for each claim
     * @param claimTime how long the claim lasts without renewal
     */
    public record Owner(String name, Duration claimTime) {}

    /**
     * The ranges of a migration's current run, ascending.
     *
     * @param tx the transaction
     * @param row the migration as read
     * @return its open ranges
     */
    public static List<RangeRow> of(StateTransaction tx, MigrationRow row) {
        MigrationRanges<?> r = tx.tables().ranges();
        return read(tx, r.VERSION.eq(row.version()).and(r.RUN_ID.eq(row.code().runId())));
    }

    /**
     * Reads a range again.
     *
     * @param tx the transaction
     * @param range the range as read before
     * @return the range as it is now, null if it doesn't exist
     */
    public static @Nullable RangeRow again(StateTransaction tx, RangeRow range) {
        List<RangeRow> rows = read(tx, is(tx, range));
        return rows.isEmpty() ? null : rows.get(0);
    }

    private static List<RangeRow> read(StateTransaction tx, Condition which) {
        MigrationRanges<?> r = tx.tables().ranges();
        Field<Boolean> claimed = DSL.field(r.OWNER.isNotNull().and(r.CLAIMED_UNTIL.ge(tx.now())));
        return tx.dsl()
                .select(r.VERSION, r.RANGE_NO, r.FROM_KEY, r.TO_KEY, r.CURSOR, r.OWNER, r.TOKEN, r.ATTEMPTS)
                .select(claimed.as("claimed"), r.KEYS_WALKED)
                .from(r)
                .where(which)
                .orderBy(r.RANGE_NO)
                .fetch(row -> new RangeRow(
                        row.get(r.VERSION),
                        row.get(r.RANGE_NO),
                        row.get(r.FROM_KEY),
                        row.get(r.TO_KEY),
                        row.get(r.CURSOR),
                        Boolean.TRUE.equals(row.get("claimed", Boolean.class)),
                        row.get(r.OWNER),
                        row.get(r.TOKEN),
                        row.get(r.ATTEMPTS),
                        row.get(r.KEYS_WALKED) > 0));
    }

    private static Condition is(StateTransaction tx, RangeRow range) {
        MigrationRanges<?> r = tx.tables().ranges();
        return r.VERSION.eq(range.version()).and(r.RANGE_NO.eq(range.number()));
    }

    static Condition held(StateTransaction tx, RangeRow range, Claim claim) {
        MigrationRanges<?> r = tx.tables().ranges();
        return is(tx, range).and(r.OWNER.eq(claim.owner())).and(r.TOKEN.eq(claim.token()));
    }

    /**
     * Starts the next range at the frontier, claimed by the caller.
     *
     * @param tx the transaction
     * @param row the migration as read
     * @param end the end of the range
     * @param owner who claims it, and how long the claim lasts without renewal
     * @param most how many ranges may be open
     * @return the range, null if the frontier is no longer as read, or too many ranges are open
     */
    public static @Nullable RangeRow open(StateTransaction tx, MigrationRow row, End end, Owner owner, int most) {
        SchemaMigrations<?> t = tx.tables().migrations();
        String toKey = end.toKey();
        KeyList ends = row.walk().ends();
        int moved = tx.dsl()
                .update(t)
                .set(t.WALK_KEY, end.walkKey())
                .set(t.FRONTIER, toKey)
                .set(t.FRONTIER_AT_END, toKey == null)
                .set(t.RANGE_ENDS, (toKey == null ? ends : ends.with(toKey)).written())
                .set(t.NEXT_RANGE, t.NEXT_RANGE.plus(1))
                .set(t.RANGES_OPEN, open(t).plus(1))
                .set(t.UPDATED_AT, tx.now())
                .where(t.VERSION.eq(row.version()))
                .and(t.RUN_ID.eq(row.code().runId()))
                .and(t.FINGERPRINT.eq(row.code().fingerprint()))
                .and(t.NEXT_RANGE.eq(row.walk().nextRange()))
                .and(t.PASS.eq(row.walk().pass()))
                .and(t.STATE.eq(State.PROCESSING.word()))
                .and(StateChange.notPaused(tx))
                .and(open(t).lt((long) most).or(number(tx, row).lt(most)))
                .execute();
        if (moved != 1) {
            return null;
        }
        insert(tx, row, toKey, owner);
        return new RangeRow(
                row.version(),
                row.walk().nextRange(),
                row.walk().frontier(),
                toKey,
                null,
                true,
                owner.name(),
                1,
                1,
                false);
    }

    /** Counted only if the migration's row says that too many are open: ranges whose rows someone has deleted are no longer open. */
    private static Field<Integer> number(StateTransaction tx, MigrationRow row) {
        MigrationRanges<?> r = tx.tables().ranges();
        return DSL.field(DSL.selectCount()
                .from(r)
                .where(r.VERSION.eq(row.version()))
                .and(r.RUN_ID.eq(row.code().runId())));
    }

    private static Field<Long> open(SchemaMigrations<?> t) {
        return DSL.coalesce(t.RANGES_OPEN, DSL.inline(0L));
    }

    private static void insert(StateTransaction tx, MigrationRow row, @Nullable String toKey, Owner owner) {
        MigrationRanges<?> r = tx.tables().ranges();
        tx.dsl()
                .insertInto(r)
                .set(r.VERSION, row.version())
                .set(r.RANGE_NO, row.walk().nextRange())
                .set(r.RUN_ID, row.code().runId())
                .set(r.FROM_KEY, row.walk().frontier())
                .set(r.TO_KEY, toKey)
                .set(r.OWNER, owner.name())
                .set(r.TOKEN, 1L)
                .set(r.CLAIMED_UNTIL, tx.in(owner.claimTime()))
                .set(r.ATTEMPTS, 1)
                .set(r.BEATS, 0L)
                .set(r.ROWS_DONE, 0L)
                .set(r.ROWS_FOUND, 0L)
                .set(r.KEYS_WALKED, 0L)
                .set(r.UPDATED_AT, tx.now())
                .execute();
    }

    /**
     * Claims a range that nobody holds a live claim on, and counts the attempt.
     *
     * @param tx the transaction
     * @param row the migration as read before
     * @param range the range as read
     * @param owner who claims it
     * @param claimTime how long the claim lasts without renewal
     * @return the claim, null if the range or the migration is no longer as read
     */
    public static @Nullable Claim claim(
            StateTransaction tx, MigrationRow row, RangeRow range, String owner, Duration claimTime) {
        MigrationRanges<?> r = tx.tables().ranges();
        SchemaMigrations<?> t = tx.tables().migrations();
        long before = System.nanoTime();
        int claimed = tx.dsl()
                .update(r)
                .set(r.OWNER, owner)
                .set(r.TOKEN, r.TOKEN.plus(1))
                .set(r.CLAIMED_UNTIL, tx.in(claimTime))
                .set(r.ATTEMPTS, r.ATTEMPTS.plus(1))
                .set(r.UPDATED_AT, tx.now())
                .where(is(tx, range))
                .and(r.TOKEN.eq(range.token()))
                // Requires the cursor as read: since then the owner may have committed a batch and let its claim
                // expire again.
                .and(r.CURSOR.isNotDistinctFrom(range.cursor()))
                .and(r.OWNER.isNull().or(r.CLAIMED_UNTIL.isNull()).or(r.CLAIMED_UNTIL.lt(tx.now())))
                .and(exists(worked(tx, row.code().fingerprint())
                        .and(t.PASS.eq(row.walk().pass()))))
                .execute();
        if (claimed != 1) {
            return null;
        }
        if (range.owner() != null) {
            LostClaims.takenOver(tx, range.version(), LostClaims.of(range), range.owner());
        }
        return new Claim(owner, range.token() + 1, before);
    }

    /** The range's migration, if this code may work on it. */
    private static SelectConditionStep<Record1<Integer>> worked(StateTransaction tx, String fingerprint) {
        MigrationRanges<?> r = tx.tables().ranges();
        SchemaMigrations<?> t = tx.tables().migrations();
        return selectOne()
                .from(t)
                .where(t.VERSION.eq(r.VERSION))
                .and(t.RUN_ID.eq(r.RUN_ID))
                .and(t.STATE.eq(State.PROCESSING.word()))
                .and(t.FINGERPRINT.eq(fingerprint))
                .and(StateChange.notPaused(tx));
    }

    /**
     * The fence: the last statement before the commit of every transaction that does work. It moves the cursor, renews the claim
     * and checks that it still held.
     *
     * @param tx the transaction
     * @param range the range
     * @param claim the claim
     * @param progress what the transaction has done
     * @param fingerprint the code that has done it
     * @param claimTime how long the claim lasts from now
     * @return whether everything still held; if not, the transaction must be rolled back
     */
    public static boolean fence(
            StateTransaction tx,
            RangeRow range,
            Claim claim,
            Progress progress,
            String fingerprint,
            Duration claimTime) {
        MigrationRanges<?> r = tx.tables().ranges();
        return tx.dsl()
                        .update(r)
                        .set(r.CURSOR, progress.cursor())
                        .set(r.ROWS_DONE, r.ROWS_DONE.plus(progress.changed()))
                        .set(r.ROWS_FOUND, r.ROWS_FOUND.plus(progress.found()))
                        .set(r.FOUND_KEYS, DSL.coalesce(r.FOUND_KEYS, DSL.val(progress.foundKeys(), r.FOUND_KEYS)))
                        .set(r.KEYS_WALKED, r.KEYS_WALKED.plus(progress.keys()))
                        .set(r.BEATS, r.BEATS.plus(1))
                        // From here on, this claim is the first attempt at the next batch.
                        .set(r.ATTEMPTS, 1)
                        .set(r.CLAIMED_UNTIL, tx.in(claimTime))
                        .set(r.UPDATED_AT, tx.now())
                        .set(speed(tx, progress))
                        .where(held(tx, range, claim))
                        .and(exists(worked(tx, fingerprint)))
                        .execute()
                == 1;
    }

    /** The tables may lack these columns. */
    private static Map<Field<?>, Object> speed(StateTransaction tx, Progress progress) {
        MigrationRanges<?> r = tx.tables().ranges();
        Map<Field<?>, Object> speed = new HashMap<>();
        if (progress.speed() != null) {
            speed.put(r.BATCH_KEYS, progress.keys());
            speed.put(r.BATCH_MILLIS, progress.speed().batchMillis());
            speed.put(r.KEYS_PER_SECOND, progress.speed().keysPerSecond());
            speed.keySet().removeIf(column -> !tx.has(column));
        }
        return speed;
    }

    /**
     * Renews a claim between fences.
     *
     * @param tx the transaction
     * @param range the range
     * @param claim the claim
     * @param claimTime how long it lasts from now
     * @return whether it still held
     */
    public static boolean renew(StateTransaction tx, RangeRow range, Claim claim, Duration claimTime) {
        MigrationRanges<?> r = tx.tables().ranges();
        return tx.dsl()
                        .update(r)
                        .set(r.CLAIMED_UNTIL, tx.in(claimTime))
                        .set(r.BEATS, r.BEATS.plus(1))
                        .where(held(tx, range, claim))
                        .execute()
                == 1;
    }

    /**
     * Adds a finished range to its migration's row and deletes it.
     *
     * @param tx the transaction
     * @param range the range
     * @param claim the claim
     * @param batchSize the batch size for the next range
     * @return whether the claim still held; if not, the transaction must be rolled back
     */
    public static boolean fold(StateTransaction tx, RangeRow range, Claim claim, long batchSize) {
        SchemaMigrations<?> t = tx.tables().migrations();
        MigrationRanges<?> r = tx.tables().ranges();
        // Locks the migration's row before the range's, as everywhere.
        tx.dsl()
                .update(t)
                .set(
                        t.ROWS_DONE,
                        t.ROWS_DONE.plus(
                                DSL.field(DSL.select(r.ROWS_DONE).from(r).where(is(tx, range)))))
                .set(
                        t.PASS_FOUND,
                        t.PASS_FOUND.plus(
                                DSL.field(DSL.select(r.ROWS_FOUND).from(r).where(is(tx, range)))))
                .set(
                        t.FOUND_KEYS,
                        DSL.coalesce(
                                t.FOUND_KEYS,
                                DSL.field(DSL.select(r.FOUND_KEYS).from(r).where(is(tx, range)))))
                .set(
                        t.KEYS_WALKED,
                        t.KEYS_WALKED.plus(
                                DSL.field(DSL.select(r.KEYS_WALKED).from(r).where(is(tx, range)))))
                .set(t.RANGES_OPEN, open(t).minus(1))
                .set(t.BATCH_SIZE, batchSize)
                .set(t.ATTEMPTS, 0)
                .set(t.UPDATED_AT, tx.now())
                .where(t.VERSION.eq(range.version()))
                .and(exists(selectOne().from(r).where(held(tx, range, claim))))
                .execute();
        return tx.dsl().deleteFrom(r).where(held(tx, range, claim)).execute() == 1;
    }

    /**
     * Gives a range back at the end of a batch, without counting the attempt.
     *
     * @param tx the transaction
     * @param range the range
     * @param claim the claim
     * @param batchSize the batch size for the next range
     */
    public static void giveBack(StateTransaction tx, RangeRow range, Claim claim, long batchSize) {
        SchemaMigrations<?> t = tx.tables().migrations();
        MigrationRanges<?> r = tx.tables().ranges();
        tx.dsl()
                .update(t)
                .set(t.BATCH_SIZE, batchSize)
                .where(t.VERSION.eq(range.version()))
                .and(exists(selectOne().from(r).where(held(tx, range, claim))))
                .execute();
        tx.dsl()
                .update(r)
                .setNull(r.OWNER)
                .setNull(r.CLAIMED_UNTIL)
                .set(r.ATTEMPTS, DSL.greatest(r.ATTEMPTS.minus(1), DSL.inline(0)))
                .where(held(tx, range, claim))
                .execute();
    }
}
