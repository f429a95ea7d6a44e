package org.asyncmigrations.state;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.State;
import org.asyncmigrations.Tuning;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Changes to a migration by the order of versions, an operator or a new build. Those that take work away from its workers make all
 * claims on it void in the same transaction: first the migration's row, then its ranges. Stateless and thread-safe.
 */
public final class Operations {
    /** The end of the key of a walk by position: no other column has PostgreSQL's type tid. */
    private static final String BY_POSITION = " (ctid tid)";

    private Operations() {}

    /**
     * Makes the next migration pending. If it has already run, someone has set it to created by hand: it starts over as a new run,
     * and everything about the previous run is deleted.
     *
     * @param tx the transaction
     * @param row the migration as read
     * @return whether it was created and not paused
     */
    public static boolean ready(StateTransaction tx, MigrationRow row) {
        boolean anew = row.gate().begun();
        boolean ready = StateChange.apply(
                tx,
                Transition.READY,
                row.version(),
                StateChange.notPaused(tx),
                anew ? anew(tx) : Map.of(),
                anew ? "set to created by hand: it starts again" : null);
        if (ready && anew) {
            MigrationRanges<?> ranges = tx.tables().ranges();
            tx.dsl().deleteFrom(ranges).where(ranges.VERSION.eq(row.version())).execute();
            RejectRows.forget(tx, row.version());
        }
        return ready;
    }

    private static Map<Field<?>, Field<?>> anew(StateTransaction tx) {
        SchemaMigrations<?> t = tx.tables().migrations();
        Map<Field<?>, Field<?>> sets = fresh(tx);
        sets.put(t.NEXT_ATTEMPT_AT, StateChange.none(t.NEXT_ATTEMPT_AT));
        sets.put(t.RUN_ID, DSL.val(UUID.randomUUID().toString()));
        sets.put(t.STARTED_AT, StateChange.none(t.STARTED_AT));
        sets.put(t.ERROR, StateChange.none(t.ERROR));
        sets.put(t.WALK_KEY, StateChange.none(t.WALK_KEY));
        sets.put(t.FRONTIER, StateChange.none(t.FRONTIER));
        sets.put(t.FRONTIER_AT_END, DSL.inline(false));
        sets.put(t.RANGE_ENDS, StateChange.none(t.RANGE_ENDS));
        sets.put(t.NEXT_RANGE, DSL.inline(1L));
        sets.put(t.RANGES_OPEN, DSL.inline(0L));
        sets.put(t.ROWS_DONE, DSL.inline(0L));
        sets.put(t.KEYS_WALKED, DSL.inline(0L));
        sets.put(t.KEYS_BEFORE, StateChange.none(t.KEYS_BEFORE));
        return sets;
    }

    /**
     * Pauses a migration. A transaction that is running for it doesn't commit. One that waits for approval is already stopped.
     *
     * @param tx the transaction
     * @param version the migration
     * @param reason why, for the event; null for none
     * @return whether it was neither paused nor done
     */
    public static boolean pause(StateTransaction tx, long version, @Nullable String reason) {
        SchemaMigrations<?> t = tx.tables().migrations();
        Condition running = t.PAUSED.isFalse().and(t.STATE.ne(State.DONE.word()));
        Map<Field<?>, Field<?>> sets = withoutCause(tx);
        sets.put(t.PAUSED, DSL.inline(true));
        sets.put(t.THROTTLED, StateChange.none(t.THROTTLED));
        sets.put(t.TOKEN, t.TOKEN.plus(1));
        boolean paused = update(tx, version, running, sets);
        if (paused) {
            giveBack(tx, version);
            RangeReset.voidClaims(tx, version);
            tx.record(version, "paused", null, null, reason);
        }
        return paused;
    }

    /** A worker that loses its claim to an operator hasn't failed, so the attempt doesn't count. */
    private static void giveBack(StateTransaction tx, long version) {
        SchemaMigrations<?> t = tx.tables().migrations();
        update(
                tx,
                version,
                t.OWNER.isNotNull(),
                Map.of(
                        t.ATTEMPTS, DSL.greatest(t.ATTEMPTS.minus(1), DSL.inline(0)),
                        t.OWNER, StateChange.none(t.OWNER),
                        t.CLAIMED_UNTIL, StateChange.none(t.CLAIMED_UNTIL)));
    }

    /**
     * Lets a paused migration continue.
     *
     * @param tx the transaction
     * @param version the migration
     * @param reason why, for the event; null for none
     * @return whether it was paused and doesn't wait for approval
     */
    public static boolean resume(StateTransaction tx, long version, @Nullable String reason) {
        SchemaMigrations<?> t = tx.tables().migrations();
        // On MariaDB and MySQL, any number except 0 pauses it, whoever wrote it.
        Condition held = DSL.not(t.PAUSED.isFalse()).andNot(waitsForApproval(tx));
        Map<Field<?>, Field<?>> sets = Map.of(t.PAUSED, DSL.inline(false), t.THROTTLED, StateChange.none(t.THROTTLED));
        boolean resumed = update(tx, version, held, sets);
        if (resumed) {
            tx.record(version, "resumed", null, null, reason);
        }
        return resumed;
    }

    /**
     * Changes the speed of a migration from its next batch on, in all instances.
     *
     * @param tx the transaction
     * @param version the migration
     * @param changes the values to change; if there are none, all are removed
     * @param reason why, for the event
     * @return whether that changed anything; false if it is done and isn't being sealed
     * @throws MigrationException if the state tables lack the column for it; the message has the statement to run
     */
    public static boolean tune(StateTransaction tx, long version, Tuning changes, String reason) {
        return TuningRows.tune(tx, version, changes, reason);
    }

    /**
     * Lets a migration begin that waits for approval.
     *
     * @param tx the transaction
     * @param version the migration
     * @param reason why, for the event
     * @return whether it waited for approval; always false if the tables lack the column for it, since it is only paused then
     */
    public static boolean approve(StateTransaction tx, long version, String reason) {
        SchemaMigrations<?> t = tx.tables().migrations();
        Map<Field<?>, Field<?>> sets = withoutCause(tx);
        sets.put(t.PAUSED, DSL.inline(false));
        boolean approved = update(tx, version, waitsForApproval(tx), sets);
        if (approved) {
            tx.record(version, "approved", null, null, reason);
        }
        return approved;
    }

    private static Condition waitsForApproval(StateTransaction tx) {
        SchemaMigrations<?> t = tx.tables().migrations();
        return tx.has(t.PAUSE_CAUSE)
                ? DSL.not(t.PAUSED.isFalse())
                        .and(t.PAUSE_CAUSE.isNotDistinctFrom(MigrationRows.APPROVAL))
                        .and(t.STARTED_AT.isNull())
                        .and(t.STATE.ne(State.DONE.word()))
                : DSL.falseCondition();
    }

    private static Map<Field<?>, Field<?>> withoutCause(StateTransaction tx) {
        SchemaMigrations<?> t = tx.tables().migrations();
        Map<Field<?>, Field<?>> sets = new HashMap<>();
        if (tx.has(t.PAUSE_CAUSE)) {
            sets.put(t.PAUSE_CAUSE, StateChange.none(t.PAUSE_CAUSE));
        }
        return sets;
    }

    /**
     * Resets the attempts of a failed migration, and of failed sealing walks that it waits for.
     *
     * @param tx the transaction
     * @param version the migration
     * @param reason why, for the event; null for none
     * @return whether one had failed
     */
    public static boolean retry(StateTransaction tx, long version, @Nullable String reason) {
        boolean retried = false;
        for (long each : SealRows.with(tx, version)) {
            retried |= retryOne(tx, each, reason);
        }
        return retried;
    }

    /**
     * Resets the attempts of all failed migrations, including sealing walks.
     *
     * @param tx the transaction
     * @param reason why, for the event
     * @return their versions, ascending
     */
    public static List<Long> retryFailed(StateTransaction tx, String reason) {
        SchemaMigrations<?> t = tx.tables().migrations();
        return tx
                .dsl()
                .select(t.VERSION)
                .from(t)
                .where(t.STATE.eq(State.FAILED.word()))
                .orderBy(t.VERSION)
                .fetch(t.VERSION)
                .stream()
                .filter(version -> retryOne(tx, version, reason))
                .toList();
    }

    private static boolean retryOne(StateTransaction tx, long version, @Nullable String reason) {
        return StateChange.apply(tx, Transition.RETRY, version, DSL.noCondition(), fresh(tx), reason)
                && forgive(tx, version);
    }

    /**
     * Ends the back-off of a migration and of the sealing walks that it waits for: the next attempt starts at once. Also ends the
     * delay of a migration that hasn't begun.
     *
     * @param tx the transaction
     * @param version the migration
     * @param reason why, for the event
     * @return whether one waited for its next or first attempt and was not paused
     */
    public static boolean runNow(StateTransaction tx, long version, String reason) {
        SchemaMigrations<?> t = tx.tables().migrations();
        Condition backsOff = t.STATE
                .in(State.CREATED.word(), State.PENDING.word())
                .and(StateChange.notPaused(tx))
                .and(t.NEXT_ATTEMPT_AT.gt(tx.now()));
        boolean ended = false;
        for (long each : SealRows.with(tx, version)) {
            if (update(tx, each, backsOff, Map.of(t.NEXT_ATTEMPT_AT, StateChange.none(t.NEXT_ATTEMPT_AT)))) {
                tx.record(each, "run now", null, null, reason);
                ended = true;
            }
        }
        return ended;
    }

    /**
     * Accepts the rejects of a failed migration and of failed sealing walks that it waits for, and resets their attempts.
     *
     * @param tx the transaction
     * @param version the migration
     * @param reason why they are left as they are
     * @return whether one had failed and had rejects that were not accepted
     * @throws MigrationException if the table is walked by position
     */
    public static boolean acceptRejects(StateTransaction tx, long version, String reason) {
        boolean accepted = false;
        for (long each : SealRows.with(tx, version)) {
            accepted |= acceptOne(tx, each, reason);
        }
        return accepted;
    }

    private static boolean acceptOne(StateTransaction tx, long version, String reason) {
        SchemaMigrations<?> t = tx.tables().migrations();
        // Locks the migration's row before its rejects: while the migration has failed, nobody adds one.
        var failed = tx.dsl()
                .select(t.WALK_KEY)
                .from(t)
                .where(t.VERSION.eq(version))
                .and(t.STATE.eq(State.FAILED.word()))
                .forUpdate()
                .fetch();
        int accepted = failed.isEmpty() ? 0 : RejectRows.accept(tx, version, reason);
        if (accepted > 0) {
            requireLastingKeys(version, failed.get(0).value1());
        }
        return accepted > 0
                && StateChange.apply(
                        tx,
                        Transition.ACCEPT,
                        version,
                        DSL.noCondition(),
                        fresh(tx),
                        accepted + (accepted == 1 ? " reject: " : " rejects: ") + reason)
                && forgive(tx, version);
    }

    /** By position, another row may get the position of an accepted one, and would then never be changed. */
    private static void requireLastingKeys(long version, @Nullable String walkKey) {
        if (walkKey != null && walkKey.endsWith(BY_POSITION)) {
            throw new MigrationException(
                    Math.abs(version),
                    "the rejects of migration " + Math.abs(version) + " cannot be accepted: its rows are remembered"
                            + " by their position in the table, which another row may soon take; exclude them in"
                            + " pending() and deploy that, or fix them and call retry()",
                    null);
        }
    }

    /**
     * Counts a migration as done.
     *
     * @param tx the transaction
     * @param version the migration
     * @param reason why
     * @return whether it was not done already
     */
    public static boolean skip(StateTransaction tx, long version, String reason) {
        SchemaMigrations<?> t = tx.tables().migrations();
        Map<Field<?>, Field<?>> sets = fresh(tx);
        sets.putAll(withoutCause(tx));
        sets.put(t.NEXT_ATTEMPT_AT, StateChange.none(t.NEXT_ATTEMPT_AT));
        sets.put(t.PAUSED, DSL.inline(false));
        sets.put(t.ERROR, StateChange.none(t.ERROR));
        sets.put(t.RANGE_ENDS, StateChange.none(t.RANGE_ENDS));
        sets.put(t.FINISHED_AT, tx.now());
        boolean skipped = StateChange.apply(tx, Transition.SKIP, version, DSL.noCondition(), sets, reason);
        if (skipped) {
            RangeReset.voidClaims(tx, version);
            SealRows.forgetOf(tx, version);
        }
        return skipped;
    }

    /**
     * Assigns the work to this build's code. Claims of workers with other code become void, and a failed migration becomes pending.
     *
     * @param tx the transaction
     * @param row the row as read
     * @param entry this build's migration
     * @param build this build
     * @return whether the row was still as read
     */
    public static boolean adopt(StateTransaction tx, MigrationRow row, MigrationEntry entry, String build) {
        SchemaMigrations<?> t = tx.tables().migrations();
        State read = row.state();
        if (read == null || read == State.DONE) {
            return false;
        }
        Map<Field<?>, Field<?>> sets = fresh(tx);
        sets.put(t.FINGERPRINT, DSL.inline(entry.fingerprint()));
        sets.put(t.FINGERPRINT_BUILD, DSL.inline(build));
        sets.put(t.NAME, DSL.inline(MigrationRows.columnText(entry.name())));
        Condition asRead = t.FINGERPRINT.eq(row.code().fingerprint()).and(t.STATE.eq(read.word()));
        if (!update(tx, row.version(), asRead, sets)) {
            return false;
        }
        tx.record(row.version(), "code adopted", null, null, "build " + build + " has newer code for it");
        if (read == State.FAILED) {
            StateChange.apply(tx, Transition.NEW_CODE, row.version(), DSL.noCondition(), Map.of(), entry.fingerprint());
        }
        return forgive(tx, row.version());
    }

    /**
     * Resets a row: no claim, no failed attempts, and all verification passes still to come. If the migration hasn't begun, its
     * next attempt's time is its delay, not a back-off, and stays.
     */
    private static Map<Field<?>, Field<?>> fresh(StateTransaction tx) {
        SchemaMigrations<?> t = tx.tables().migrations();
        Map<Field<?>, Field<?>> sets = new HashMap<>();
        sets.put(t.OWNER, StateChange.none(t.OWNER));
        sets.put(t.CLAIMED_UNTIL, StateChange.none(t.CLAIMED_UNTIL));
        sets.put(t.TOKEN, t.TOKEN.plus(1));
        sets.put(t.ATTEMPTS, DSL.inline(0));
        sets.put(t.NEXT_ATTEMPT_AT, DSL.when(t.STARTED_AT.isNull(), t.NEXT_ATTEMPT_AT));
        sets.put(t.FINISHED_AT, StateChange.none(t.FINISHED_AT));
        sets.put(t.PASS, DSL.inline(1));
        sets.put(t.PASS_FOUND, DSL.inline(0L));
        sets.put(t.FOUND_KEYS, StateChange.none(t.FOUND_KEYS));
        return sets;
    }

    /** Resets the attempts of the ranges and makes the claims on them void. */
    private static boolean forgive(StateTransaction tx, long version) {
        RangeReset.voidClaims(tx, version);
        RangeReset.forgetAttempts(tx, version);
        return true;
    }

    private static boolean update(
            StateTransaction tx, long version, Condition condition, Map<? extends Field<?>, ? extends Field<?>> sets) {
        SchemaMigrations<?> t = tx.tables().migrations();
        return tx.dsl()
                        .update(t)
                        .set(sets)
                        .set(t.UPDATED_AT, tx.now())
                        .where(t.VERSION.eq(version))
                        .and(condition)
                        .execute()
                == 1;
    }
}
