package org.asyncmigrations.state;

import static org.asyncmigrations.state.StateChange.exists;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.selectOne;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.asyncmigrations.State;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * A worker's changes to a migration's row: it claims the row, renews the claim, and ends it. Each method is one conditional UPDATE,
 * and returns whether its condition still held. Stateless and thread-safe.
 */
public final class MigrationClaims {
    private MigrationClaims() {}

    /**
     * Claims the whole of a pending migration, and counts the attempt.
     *
     * @param tx the transaction
     * @param row the row as read
     * @param owner who claims it
     * @param claimTime how long the claim lasts without renewal
     * @return the claim, null if the row is no longer as read
     */
    public static @Nullable Claim claim(StateTransaction tx, MigrationRow row, String owner, Duration claimTime) {
        return claim(tx, row, owner, claimTime, Map.of(), null);
    }

    /** The same with additional columns to set, and the event's detail. */
    static @Nullable Claim claim(
            StateTransaction tx,
            MigrationRow row,
            String owner,
            Duration claimTime,
            Map<Field<?>, Field<?>> besides,
            @Nullable String detail) {
        SchemaMigrations<?> t = tx.tables().migrations();
        long before = System.nanoTime();
        // In this order: MariaDB and MySQL give a column its new value before they read it for the next column.
        Map<Field<?>, Field<?>> sets = new LinkedHashMap<>();
        sets.put(t.OWNER, DSL.val(owner));
        sets.put(t.TOKEN, t.TOKEN.plus(1));
        sets.put(t.CLAIMED_UNTIL, tx.in(claimTime));
        sets.put(t.ATTEMPTS, t.ATTEMPTS.plus(1));
        sets.put(t.STARTED_AT, DSL.coalesce(t.STARTED_AT, tx.now()));
        // If it had ended and was set to pending by hand, its passes start over.
        sets.put(t.PASS, DSL.when(t.FINISHED_AT.isNull(), t.PASS).otherwise(1));
        sets.put(t.FINISHED_AT, StateChange.none(t.FINISHED_AT));
        sets.putAll(besides);
        boolean claimed = StateChange.apply(tx, Transition.START, row.version(), claimable(tx, row), sets, detail);
        return claimed ? new Claim(owner, row.token() + 1, before) : null;
    }

    /**
     * Claims the whole of a migration in processing that nobody holds a live claim on: its worker has died, or all ranges of a
     * batch migration are finished. Counts the attempt.
     *
     * @param tx the transaction
     * @param row the row as read
     * @param owner who claims it
     * @param claimTime how long the claim lasts without renewal
     * @return the claim, null if the row is no longer as read
     */
    public static @Nullable Claim takeOver(StateTransaction tx, MigrationRow row, String owner, Duration claimTime) {
        SchemaMigrations<?> t = tx.tables().migrations();
        MigrationRanges<?> r = tx.tables().ranges();
        Condition noRange = not(exists(selectOne()
                .from(r)
                .where(r.VERSION.eq(row.version()).and(r.RUN_ID.eq(row.code().runId())))));
        Claim claim = taken(tx, row, t.OWNER.isNotNull().or(noRange), owner, claimTime);
        if (claim != null && row.owner() != null) {
            LostClaims.takenOver(tx, row.version(), "", row.owner());
        }
        return claim;
    }

    /**
     * Claims the whole of a migration in processing although some of its ranges are open. All claims on them become void. Counts
     * the attempt.
     *
     * @param tx the transaction
     * @param row the row as read
     * @param owner who claims it
     * @param claimTime how long the claim lasts without renewal
     * @return the claim, null if the row is no longer as read
     */
    public static @Nullable Claim recall(StateTransaction tx, MigrationRow row, String owner, Duration claimTime) {
        SchemaMigrations<?> t = tx.tables().migrations();
        Condition sameKey = t.WALK_KEY.isNotDistinctFrom(row.walk().key());
        Claim claim = taken(tx, row, sameKey, owner, claimTime);
        if (claim != null) {
            RangeReset.voidClaims(tx, row.version());
        }
        return claim;
    }

    private static @Nullable Claim taken(
            StateTransaction tx, MigrationRow row, Condition condition, String owner, Duration claimTime) {
        SchemaMigrations<?> t = tx.tables().migrations();
        long before = System.nanoTime();
        int changed = tx.dsl()
                .update(t)
                .set(t.OWNER, owner)
                .set(t.TOKEN, t.TOKEN.plus(1))
                .set(t.CLAIMED_UNTIL, tx.in(claimTime))
                .set(t.ATTEMPTS, t.ATTEMPTS.plus(1))
                .set(t.UPDATED_AT, tx.now())
                .where(t.VERSION.eq(row.version()))
                .and(t.STATE.eq(State.PROCESSING.word()))
                .and(claimable(tx, row))
                // Also requires that the pass is as read, since the caller's decision depends on it, above all the
                // end of a pass.
                .and(t.PASS.eq(row.walk().pass()))
                .and(t.PASS_FOUND.eq(row.walk().found()))
                .and(condition)
                .execute();
        return changed == 1 ? new Claim(owner, row.token() + 1, before) : null;
    }

    private static Condition claimable(StateTransaction tx, MigrationRow row) {
        SchemaMigrations<?> t = tx.tables().migrations();
        return t.TOKEN
                .eq(row.token())
                .and(t.RUN_ID.eq(row.code().runId()))
                .and(t.FINGERPRINT.eq(row.code().fingerprint()))
                .and(StateChange.notPaused(tx))
                .and(t.OWNER.isNull().or(t.CLAIMED_UNTIL.isNull()).or(t.CLAIMED_UNTIL.lt(tx.now())))
                .and(t.NEXT_ATTEMPT_AT.isNull().or(t.NEXT_ATTEMPT_AT.le(tx.now())));
    }

    private static Condition held(StateTransaction tx, Claim claim) {
        SchemaMigrations<?> t = tx.tables().migrations();
        return t.OWNER.eq(claim.owner()).and(t.TOKEN.eq(claim.token())).and(StateChange.notPaused(tx));
    }

    /**
     * Renews a claim.
     *
     * @param tx the transaction
     * @param version the migration
     * @param claim the claim
     * @param claimTime how long it lasts from now
     * @return whether it still held
     */
    public static boolean renew(StateTransaction tx, long version, Claim claim, Duration claimTime) {
        return renew(tx, version, claim, claimTime, 0);
    }

    /**
     * Renews a claim, and counts rows that were changed outside ranges.
     *
     * @param tx the transaction
     * @param version the migration
     * @param claim the claim
     * @param claimTime how long it lasts from now
     * @param rows how many rows the transaction has changed
     * @return whether it still held
     */
    public static boolean renew(StateTransaction tx, long version, Claim claim, Duration claimTime, long rows) {
        SchemaMigrations<?> t = tx.tables().migrations();
        return tx.dsl()
                        .update(t)
                        .set(t.CLAIMED_UNTIL, tx.in(claimTime))
                        .set(t.ROWS_DONE, t.ROWS_DONE.plus(rows))
                        .where(t.VERSION.eq(version))
                        .and(t.STATE.eq(State.PROCESSING.word()))
                        .and(held(tx, claim))
                        .execute()
                == 1;
    }

    /**
     * Sets a migration to done. For one in one transaction this is its fence: only its event follows before the commit.
     *
     * @param tx the transaction
     * @param version the migration
     * @param claim the claim
     * @param detail a note about the end, null for none
     * @param rows changed rows that aren't counted yet
     * @return whether the claim still held
     */
    public static boolean finish(StateTransaction tx, long version, Claim claim, @Nullable String detail, long rows) {
        SchemaMigrations<?> t = tx.tables().migrations();
        return StateChange.apply(
                tx,
                Transition.FINISH,
                version,
                held(tx, claim),
                Map.of(
                        t.OWNER, StateChange.none(t.OWNER),
                        t.CLAIMED_UNTIL, StateChange.none(t.CLAIMED_UNTIL),
                        t.NEXT_ATTEMPT_AT, StateChange.none(t.NEXT_ATTEMPT_AT),
                        t.ERROR, StateChange.none(t.ERROR),
                        t.RANGE_ENDS, StateChange.none(t.RANGE_ENDS),
                        t.ROWS_DONE, t.ROWS_DONE.plus(rows),
                        t.FINISHED_AT, tx.now()),
                detail);
    }

    /**
     * What is known of a table when its walk is opened.
     *
     * @param rowsEstimated the planner's estimate of its rows
     * @param key the table and the columns of the walk
     * @param ends ends of the first ranges
     */
    public record Opening(long rowsEstimated, String key, KeyList ends) {}

    /**
     * Opens the walk, so that all workers can claim its ranges.
     *
     * @param tx the transaction
     * @param version the migration
     * @param claim the claim
     * @param opening what is known of the table
     * @return whether the claim still held
     */
    public static boolean openWalk(StateTransaction tx, long version, Claim claim, Opening opening) {
        SchemaMigrations<?> t = tx.tables().migrations();
        Map<Field<?>, Field<?>> sets = new HashMap<>();
        sets.put(t.ROWS_ESTIMATED, DSL.val(opening.rowsEstimated()));
        // Opening the walk doesn't count as an attempt; the ranges count theirs.
        sets.put(t.ATTEMPTS, t.ATTEMPTS.minus(1));
        String ends = opening.ends().written();
        if (ends != null) {
            sets.put(t.WALK_KEY, DSL.val(opening.key()));
            sets.put(t.RANGE_ENDS, DSL.val(ends));
        }
        return released(tx, version, claim, sets);
    }

    /**
     * Starts another pass over the table.
     *
     * @param tx the transaction
     * @param version the migration
     * @param claim the claim
     * @return whether the claim still held
     */
    public static boolean nextPass(StateTransaction tx, long version, Claim claim) {
        SchemaMigrations<?> t = tx.tables().migrations();
        return released(tx, version, claim, fromTheBeginning(tx, t.PASS.plus(1)));
    }

    /**
     * Starts the walk over because its key has changed: its position, ranges and rejects belong to the old key. Rows that are done
     * still count.
     *
     * @param tx the transaction
     * @param row the row as read before the claim
     * @param claim the claim
     * @param newKey the table and the columns of the new walk
     * @param rowsEstimated the planner's estimate of the table's rows
     * @return whether the claim still held
     */
    public static boolean walkAnew(
            StateTransaction tx, MigrationRow row, Claim claim, String newKey, long rowsEstimated) {
        SchemaMigrations<?> t = tx.tables().migrations();
        Map<Field<?>, Field<?>> sets = fromTheBeginning(tx, DSL.inline(1));
        sets.put(t.ROWS_ESTIMATED, DSL.val(rowsEstimated));
        sets.put(t.WALK_KEY, StateChange.none(t.WALK_KEY));
        sets.put(t.RANGE_ENDS, StateChange.none(t.RANGE_ENDS));
        // So a worker that has read the row before can't open a range of the old key.
        sets.put(t.NEXT_RANGE, t.NEXT_RANGE.plus(1));
        if (!released(tx, row.version(), claim, sets)) {
            return false;
        }
        foldRanges(tx, row.version());
        RejectRows.forget(tx, row.version());
        tx.record(
                row.version(),
                "walk begun anew",
                null,
                null,
                "by " + newKey + ", no longer by " + row.walk().key());
        return true;
    }

    /** Adds all ranges of a migration to its row, which the transaction has locked, and deletes them. Their fences fail from now on. */
    private static void foldRanges(StateTransaction tx, long version) {
        SchemaMigrations<?> t = tx.tables().migrations();
        MigrationRanges<?> r = tx.tables().ranges();
        // Waits for running fences, so that the sums below are final.
        RangeReset.voidClaims(tx, version);
        tx.dsl()
                .update(t)
                .set(t.ROWS_DONE, t.ROWS_DONE.plus(sum(tx, r.ROWS_DONE, version)))
                .set(t.KEYS_BEFORE, DSL.coalesce(t.KEYS_BEFORE, DSL.inline(0L)).plus(sum(tx, r.KEYS_WALKED, version)))
                .where(t.VERSION.eq(version))
                .execute();
        tx.dsl().deleteFrom(r).where(r.VERSION.eq(version)).execute();
    }

    private static Field<Long> sum(StateTransaction tx, Field<Long> column, long version) {
        MigrationRanges<?> r = tx.tables().ranges();
        Field<Long> sum =
                DSL.coalesce(DSL.sum(column), DSL.inline(BigDecimal.ZERO)).cast(SQLDataType.BIGINT);
        return DSL.field(DSL.select(sum).from(r).where(r.VERSION.eq(version)));
    }

    /** In this order: MariaDB and MySQL give a column its new value before they read it for the next column. */
    private static Map<Field<?>, Field<?>> fromTheBeginning(StateTransaction tx, Field<Integer> pass) {
        SchemaMigrations<?> t = tx.tables().migrations();
        Map<Field<?>, Field<?>> sets = new LinkedHashMap<>();
        sets.put(t.KEYS_BEFORE, DSL.coalesce(t.KEYS_BEFORE, DSL.inline(0L)).plus(t.KEYS_WALKED));
        sets.put(t.KEYS_WALKED, DSL.inline(0L));
        sets.put(t.PASS, pass);
        sets.put(t.FRONTIER, StateChange.none(t.FRONTIER));
        sets.put(t.FRONTIER_AT_END, DSL.inline(false));
        sets.put(t.RANGES_OPEN, DSL.inline(0L));
        sets.put(t.ATTEMPTS, DSL.inline(0));
        sets.put(t.PASS_FOUND, DSL.inline(0L));
        sets.put(t.FOUND_KEYS, StateChange.none(t.FOUND_KEYS));
        return sets;
    }

    /** Leaves a migration in processing to the workers that claim its ranges. */
    private static boolean released(
            StateTransaction tx, long version, Claim claim, Map<? extends Field<?>, ? extends Field<?>> sets) {
        SchemaMigrations<?> t = tx.tables().migrations();
        return tx.dsl()
                        .update(t)
                        .set(sets)
                        .setNull(t.OWNER)
                        .setNull(t.CLAIMED_UNTIL)
                        .set(t.UPDATED_AT, tx.now())
                        .where(t.VERSION.eq(version))
                        .and(t.STATE.eq(State.PROCESSING.word()))
                        .and(held(tx, claim))
                        .execute()
                == 1;
    }

    /**
     * Ends a failed attempt: the migration is tried again after a pause, or has failed.
     *
     * @param tx the transaction
     * @param version the migration
     * @param claim the claim on the whole migration
     * @param failure what happened, and its consequence
     * @return whether the claim still held
     */
    public static boolean attemptFailed(StateTransaction tx, long version, Claim claim, AttemptFailure failure) {
        return StateChange.apply(
                tx, failure.transition(), version, held(tx, claim), failed(tx, failure), failure.error());
    }

    /**
     * Ends the attempt of all workers on a batch migration, because the attempt of one range has failed. Their claims become void.
     *
     * @param tx the transaction
     * @param range the range
     * @param claim the claim on it
     * @param failure what happened, and its consequence
     * @return whether the claim still held; if not, the transaction must be rolled back
     */
    public static boolean attemptFailed(StateTransaction tx, RangeRow range, Claim claim, AttemptFailure failure) {
        SchemaMigrations<?> t = tx.tables().migrations();
        Map<Field<?>, Field<?>> sets = failed(tx, failure);
        sets.put(t.ATTEMPTS, DSL.val(range.attempts()));
        boolean changed = StateChange.apply(
                tx, failure.transition(), range.version(), StateChange.notPaused(tx), sets, failure.error());
        return changed && RangeReset.giveUp(tx, range, claim);
    }

    private static Map<Field<?>, Field<?>> failed(StateTransaction tx, AttemptFailure failure) {
        SchemaMigrations<?> t = tx.tables().migrations();
        Map<Field<?>, Field<?>> sets = new HashMap<>();
        sets.put(t.OWNER, StateChange.none(t.OWNER));
        sets.put(t.CLAIMED_UNTIL, StateChange.none(t.CLAIMED_UNTIL));
        sets.put(t.ERROR, DSL.val(failure.error(), t.ERROR));
        sets.put(t.NEXT_ATTEMPT_AT, failure.isLast() ? StateChange.none(t.NEXT_ATTEMPT_AT) : tx.in(failure.pause()));
        sets.put(t.FINISHED_AT, failure.isLast() ? tx.now() : StateChange.none(t.FINISHED_AT));
        return sets;
    }

    /**
     * Gives a claim back without counting the attempt.
     *
     * @param tx the transaction
     * @param version the migration
     * @param claim the claim
     * @return whether it still held
     */
    public static boolean giveBack(StateTransaction tx, long version, Claim claim) {
        SchemaMigrations<?> t = tx.tables().migrations();
        return StateChange.apply(
                tx,
                Transition.GIVE_BACK,
                version,
                held(tx, claim),
                Map.of(
                        t.OWNER, StateChange.none(t.OWNER),
                        t.CLAIMED_UNTIL, StateChange.none(t.CLAIMED_UNTIL),
                        t.ATTEMPTS, t.ATTEMPTS.minus(1)),
                null);
    }
}
