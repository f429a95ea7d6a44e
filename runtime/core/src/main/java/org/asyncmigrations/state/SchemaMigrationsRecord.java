package org.asyncmigrations.state;

import java.time.LocalDateTime;
import org.jooq.UpdatableRecord;
import org.jooq.impl.UpdatableRecordImpl;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@link SchemaMigrations}, for users' own queries; the runtime selects fields. It has no setters, because only the
 * registry and its operator may change the state. Not thread-safe.
 *
 * @param <R> the generated record type
 */
public class SchemaMigrationsRecord<R extends UpdatableRecord<R>> extends UpdatableRecordImpl<R> {
    private static final long serialVersionUID = 1L;

    /** The table of this row. */
    private final SchemaMigrations<R> columns;

    /**
     * An empty row.
     *
     * @param table the generated table
     */
    protected SchemaMigrationsRecord(SchemaMigrations<R> table) {
        super(table);
        this.columns = table;
    }

    /** {@return the migration's identity} */
    public final Long getVersion() {
        return get(columns.VERSION);
    }

    /** {@return its class's full name} */
    public final String getName() {
        return get(columns.NAME);
    }

    /** {@return when it may run: async or after_release} */
    public final String getPhase() {
        return get(columns.PHASE);
    }

    /** {@return always up; kept for those who know the table from Rails} */
    public final String getDirection() {
        return get(columns.DIRECTION);
    }

    /** {@return its state: created, pending, processing, done, failed} */
    public final String getState() {
        return get(columns.STATE);
    }

    /** {@return whether it is paused} */
    public final Boolean getPaused() {
        return get(columns.PAUSED);
    }

    /** {@return attempts claimed since the last progress} */
    public final Integer getAttempts() {
        return get(columns.ATTEMPTS);
    }

    /** {@return not to be claimed before this time, UTC} */
    public final @Nullable LocalDateTime getNextAttemptAt() {
        return get(columns.NEXT_ATTEMPT_AT);
    }

    /** {@return rows changed by ranges that are finished} */
    public final Long getRowsDone() {
        return get(columns.ROWS_DONE);
    }

    /** {@return the planner's estimate of the table's rows; 0 for unknown} */
    public final Long getRowsEstimated() {
        return get(columns.ROWS_ESTIMATED);
    }

    /** {@return the code that may work on it} */
    public final String getFingerprint() {
        return get(columns.FINGERPRINT);
    }

    /** {@return the build that has set the fingerprint} */
    public final String getFingerprintBuild() {
        return get(columns.FINGERPRINT_BUILD);
    }

    /** {@return created at registration; a row that is registered again is another run} */
    public final String getRunId() {
        return get(columns.RUN_ID);
    }

    /** {@return who has claimed the whole migration; null while its ranges are worked on} */
    public final @Nullable String getOwner() {
        return get(columns.OWNER);
    }

    /** {@return grows with each claim} */
    public final Long getToken() {
        return get(columns.TOKEN);
    }

    /** {@return when the claim expires, UTC} */
    public final @Nullable LocalDateTime getClaimedUntil() {
        return get(columns.CLAIMED_UNTIL);
    }

    /** {@return the table and the columns that frontier and ranges are keys of; null before the first range} */
    public final @Nullable String getWalkKey() {
        return get(columns.WALK_KEY);
    }

    /** {@return the key after which no range has been started; null for the beginning} */
    public final @Nullable String getFrontier() {
        return get(columns.FRONTIER);
    }

    /** {@return whether the pass's last range has been started} */
    public final Boolean getFrontierAtEnd() {
        return get(columns.FRONTIER_AT_END);
    }

    /** {@return ends of ranges, at most 128, which later passes reuse; null for none} */
    public final @Nullable String getRangeEnds() {
        return get(columns.RANGE_ENDS);
    }

    /** {@return the number of the next range; grows over all passes} */
    public final Long getNextRange() {
        return get(columns.NEXT_RANGE);
    }

    /** {@return which walk over the table: 1 changes, further ones verify} */
    public final Integer getPass() {
        return get(columns.PASS);
    }

    /** {@return pending rows that this pass has found in finished ranges} */
    public final Long getPassFound() {
        return get(columns.PASS_FOUND);
    }

    /** {@return some of the pending keys that this pass has found, null for none} */
    public final @Nullable String getFoundKeys() {
        return get(columns.FOUND_KEYS);
    }

    /** {@return keys that this pass has walked, in finished ranges} */
    public final Long getKeysWalked() {
        return get(columns.KEYS_WALKED);
    }

    /** {@return keys that earlier passes have walked; null for none} */
    public final @Nullable Long getKeysBefore() {
        return get(columns.KEYS_BEFORE);
    }

    /** {@return ranges of this pass that are started and not finished; null for none} */
    public final @Nullable Long getRangesOpen() {
        return get(columns.RANGES_OPEN);
    }

    /** {@return the last batch size in keys, for the start after a restart; 0 for none} */
    public final Long getBatchSize() {
        return get(columns.BATCH_SIZE);
    }

    /** {@return why it isn't being worked on, from a throttle or its gate; null if it is} */
    public final @Nullable String getThrottled() {
        return get(columns.THROTTLED);
    }

    /** {@return when its gate was opened, UTC; null while it is closed, and if it has no gate} */
    public final @Nullable LocalDateTime getGateOpenedAt() {
        return get(columns.GATE_OPENED_AT);
    }

    /**
     * {@return the migrations before it that were sealed since, separated by commas, 0 first if a mode or a forced order opened it;
     * null for none}
     */
    public final @Nullable String getSealed() {
        return get(columns.SEALED);
    }

    /** {@return the last error} */
    public final @Nullable String getError() {
        return get(columns.ERROR);
    }

    /** {@return when it was registered, UTC} */
    public final LocalDateTime getCreatedAt() {
        return get(columns.CREATED_AT);
    }

    /** {@return when it was first claimed, UTC} */
    public final @Nullable LocalDateTime getStartedAt() {
        return get(columns.STARTED_AT);
    }

    /** {@return when it was done or failed, UTC} */
    public final @Nullable LocalDateTime getFinishedAt() {
        return get(columns.FINISHED_AT);
    }

    /** {@return when this row was last changed, UTC} */
    public final LocalDateTime getUpdatedAt() {
        return get(columns.UPDATED_AT);
    }

    /** {@return why it has been paused since its registration: approval; null if an operator paused it} */
    public final @Nullable String getPauseCause() {
        return get(columns.PAUSE_CAUSE);
    }

    /** {@return what operators have tuned, such as workers=1 load=0.25; null for nothing} */
    public final @Nullable String getTuning() {
        return get(columns.TUNING);
    }

    /** {@return whether it waits only for the migrations that it names; null for no} */
    public final @Nullable Boolean getIndependent() {
        return get(columns.INDEPENDENT);
    }

    /**
     * {@return the tables that it works on, a line each, since it was last claimed; null if an older version of the library has
     * claimed it}
     */
    public final @Nullable String getWorksOn() {
        return get(columns.WORKS_ON);
    }
}
