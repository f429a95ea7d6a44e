package org.asyncmigrations.state;

import java.time.LocalDateTime;
import org.jooq.UpdatableRecord;
import org.jooq.impl.UpdatableRecordImpl;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@link SchemaMigrations}, for users' own queries; the runtime selects fields. It is long because each of the many
 * columns has a getter and a setter. Not thread-safe.
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

    /**
     * Sets the column {@code version}.
     *
     * @param value the migration's identity
     */
    public final void setVersion(Long value) {
        set(columns.VERSION, value);
    }

    /** {@return its class's full name} */
    public final String getName() {
        return get(columns.NAME);
    }

    /**
     * Sets the column {@code name}.
     *
     * @param value its class's full name
     */
    public final void setName(String value) {
        set(columns.NAME, value);
    }

    /** {@return when it may run: async or after_release} */
    public final String getPhase() {
        return get(columns.PHASE);
    }

    /**
     * Sets the column {@code phase}.
     *
     * @param value when it may run: async or after_release
     */
    public final void setPhase(String value) {
        set(columns.PHASE, value);
    }

    /** {@return always up; kept for those who know the table from Rails} */
    public final String getDirection() {
        return get(columns.DIRECTION);
    }

    /**
     * Sets the column {@code direction}.
     *
     * @param value always up; kept for those who know the table from Rails
     */
    public final void setDirection(String value) {
        set(columns.DIRECTION, value);
    }

    /** {@return its state: created, pending, processing, done, failed} */
    public final String getState() {
        return get(columns.STATE);
    }

    /**
     * Sets the column {@code state}.
     *
     * @param value its state: created, pending, processing, done, failed
     */
    public final void setState(String value) {
        set(columns.STATE, value);
    }

    /** {@return whether it is paused} */
    public final Boolean getPaused() {
        return get(columns.PAUSED);
    }

    /**
     * Sets the column {@code paused}.
     *
     * @param value whether it is paused
     */
    public final void setPaused(Boolean value) {
        set(columns.PAUSED, value);
    }

    /** {@return attempts claimed since the last progress} */
    public final Integer getAttempts() {
        return get(columns.ATTEMPTS);
    }

    /**
     * Sets the column {@code attempts}.
     *
     * @param value attempts claimed since the last progress
     */
    public final void setAttempts(Integer value) {
        set(columns.ATTEMPTS, value);
    }

    /** {@return not to be claimed before this time, UTC} */
    public final @Nullable LocalDateTime getNextAttemptAt() {
        return get(columns.NEXT_ATTEMPT_AT);
    }

    /**
     * Sets the column {@code next_attempt_at}.
     *
     * @param value not to be claimed before this time, UTC
     */
    public final void setNextAttemptAt(@Nullable LocalDateTime value) {
        set(columns.NEXT_ATTEMPT_AT, value);
    }

    /** {@return rows changed by ranges that are finished} */
    public final Long getRowsDone() {
        return get(columns.ROWS_DONE);
    }

    /**
     * Sets the column {@code rows_done}.
     *
     * @param value rows changed as the database counted them, without those of open ranges
     */
    public final void setRowsDone(Long value) {
        set(columns.ROWS_DONE, value);
    }

    /** {@return the planner's estimate of the table's rows; 0 for unknown} */
    public final Long getRowsEstimated() {
        return get(columns.ROWS_ESTIMATED);
    }

    /**
     * Sets the column {@code rows_estimated}.
     *
     * @param value the planner's estimate of the table's rows; 0 for unknown
     */
    public final void setRowsEstimated(Long value) {
        set(columns.ROWS_ESTIMATED, value);
    }

    /** {@return the code that may work on it} */
    public final String getFingerprint() {
        return get(columns.FINGERPRINT);
    }

    /**
     * Sets the column {@code fingerprint}.
     *
     * @param value the code that may work on it
     */
    public final void setFingerprint(String value) {
        set(columns.FINGERPRINT, value);
    }

    /** {@return the build that has set the fingerprint} */
    public final String getFingerprintBuild() {
        return get(columns.FINGERPRINT_BUILD);
    }

    /**
     * Sets the column {@code fingerprint_build}.
     *
     * @param value the build that has set the fingerprint
     */
    public final void setFingerprintBuild(String value) {
        set(columns.FINGERPRINT_BUILD, value);
    }

    /** {@return created at registration; a row that is registered again is another run} */
    public final String getRunId() {
        return get(columns.RUN_ID);
    }

    /**
     * Sets the column {@code run_id}.
     *
     * @param value created at registration; a row that is registered again is another run
     */
    public final void setRunId(String value) {
        set(columns.RUN_ID, value);
    }

    /** {@return who has claimed the whole migration; null while its ranges are worked on} */
    public final @Nullable String getOwner() {
        return get(columns.OWNER);
    }

    /**
     * Sets the column {@code owner}.
     *
     * @param value who has claimed the whole migration; null while its ranges are worked on
     */
    public final void setOwner(@Nullable String value) {
        set(columns.OWNER, value);
    }

    /** {@return grows with each claim} */
    public final Long getToken() {
        return get(columns.TOKEN);
    }

    /**
     * Sets the column {@code token}.
     *
     * @param value grows with each claim
     */
    public final void setToken(Long value) {
        set(columns.TOKEN, value);
    }

    /** {@return when the claim expires, UTC} */
    public final @Nullable LocalDateTime getClaimedUntil() {
        return get(columns.CLAIMED_UNTIL);
    }

    /**
     * Sets the column {@code claimed_until}.
     *
     * @param value when the claim expires, UTC
     */
    public final void setClaimedUntil(@Nullable LocalDateTime value) {
        set(columns.CLAIMED_UNTIL, value);
    }

    /** {@return the table and the columns that frontier and ranges are keys of; null before the first range} */
    public final @Nullable String getWalkKey() {
        return get(columns.WALK_KEY);
    }

    /**
     * Sets the column {@code walk_key}.
     *
     * @param value the table and the columns that frontier and ranges are keys of; null before the first range
     */
    public final void setWalkKey(@Nullable String value) {
        set(columns.WALK_KEY, value);
    }

    /** {@return the key after which no range has been started; null for the beginning} */
    public final @Nullable String getFrontier() {
        return get(columns.FRONTIER);
    }

    /**
     * Sets the column {@code frontier}.
     *
     * @param value the key after which no range has been started; null for the beginning
     */
    public final void setFrontier(@Nullable String value) {
        set(columns.FRONTIER, value);
    }

    /** {@return whether the pass's last range has been started} */
    public final Boolean getFrontierAtEnd() {
        return get(columns.FRONTIER_AT_END);
    }

    /**
     * Sets the column {@code frontier_at_end}.
     *
     * @param value whether the pass's last range has been started
     */
    public final void setFrontierAtEnd(Boolean value) {
        set(columns.FRONTIER_AT_END, value);
    }

    /** {@return ends of ranges, at most 128, which later passes reuse; null for none} */
    public final @Nullable String getRangeEnds() {
        return get(columns.RANGE_ENDS);
    }

    /**
     * Sets the column {@code range_ends}.
     *
     * @param value ends of ranges, at most 128, which later passes reuse; null for none
     */
    public final void setRangeEnds(@Nullable String value) {
        set(columns.RANGE_ENDS, value);
    }

    /** {@return the number of the next range; grows over all passes} */
    public final Long getNextRange() {
        return get(columns.NEXT_RANGE);
    }

    /**
     * Sets the column {@code next_range}.
     *
     * @param value the number of the next range; grows over all passes
     */
    public final void setNextRange(Long value) {
        set(columns.NEXT_RANGE, value);
    }

    /** {@return which walk over the table: 1 changes, further ones verify} */
    public final Integer getPass() {
        return get(columns.PASS);
    }

    /**
     * Sets the column {@code pass}.
     *
     * @param value which walk over the table: 1 changes, further ones verify
     */
    public final void setPass(Integer value) {
        set(columns.PASS, value);
    }

    /** {@return pending rows that this pass has found in finished ranges} */
    public final Long getPassFound() {
        return get(columns.PASS_FOUND);
    }

    /**
     * Sets the column {@code pass_found}.
     *
     * @param value pending rows that this pass has found in finished ranges
     */
    public final void setPassFound(Long value) {
        set(columns.PASS_FOUND, value);
    }

    /** {@return some of the pending keys that this pass has found, null for none} */
    public final @Nullable String getFoundKeys() {
        return get(columns.FOUND_KEYS);
    }

    /**
     * Sets the column {@code found_keys}.
     *
     * @param value some of the pending keys that this pass has found, null for none
     */
    public final void setFoundKeys(@Nullable String value) {
        set(columns.FOUND_KEYS, value);
    }

    /** {@return keys that this pass has walked, in finished ranges} */
    public final Long getKeysWalked() {
        return get(columns.KEYS_WALKED);
    }

    /**
     * Sets the column {@code keys_walked}.
     *
     * @param value keys that this pass has walked, in finished ranges
     */
    public final void setKeysWalked(Long value) {
        set(columns.KEYS_WALKED, value);
    }

    /** {@return keys that earlier passes have walked; null for none} */
    public final @Nullable Long getKeysBefore() {
        return get(columns.KEYS_BEFORE);
    }

    /**
     * Sets the column {@code keys_before}.
     *
     * @param value keys that earlier passes have walked; null for none
     */
    public final void setKeysBefore(@Nullable Long value) {
        set(columns.KEYS_BEFORE, value);
    }

    /** {@return ranges of this pass that are started and not finished; null for none} */
    public final @Nullable Long getRangesOpen() {
        return get(columns.RANGES_OPEN);
    }

    /**
     * Sets the column {@code ranges_open}.
     *
     * @param value ranges of this pass that are started and not finished; null for none
     */
    public final void setRangesOpen(@Nullable Long value) {
        set(columns.RANGES_OPEN, value);
    }

    /** {@return the last batch size in keys, for the start after a restart; 0 for none} */
    public final Long getBatchSize() {
        return get(columns.BATCH_SIZE);
    }

    /**
     * Sets the column {@code batch_size}.
     *
     * @param value the last batch size in keys, for the start after a restart; 0 for none
     */
    public final void setBatchSize(Long value) {
        set(columns.BATCH_SIZE, value);
    }

    /** {@return why it isn't being worked on, from a throttle or its gate; null if it is} */
    public final @Nullable String getThrottled() {
        return get(columns.THROTTLED);
    }

    /**
     * Sets the column {@code throttled}.
     *
     * @param value why it isn't being worked on, from a throttle or its gate; null if it is
     */
    public final void setThrottled(@Nullable String value) {
        set(columns.THROTTLED, value);
    }

    /** {@return when its gate was opened, UTC; null while it is closed, and if it has no gate} */
    public final @Nullable LocalDateTime getGateOpenedAt() {
        return get(columns.GATE_OPENED_AT);
    }

    /**
     * Sets the column {@code gate_opened_at}.
     *
     * @param value when its gate was opened, UTC; null while it is closed, and if it has no gate
     */
    public final void setGateOpenedAt(@Nullable LocalDateTime value) {
        set(columns.GATE_OPENED_AT, value);
    }

    /**
     * {@return the migrations before it that were sealed since, separated by commas, 0 first if a mode or a forced order opened it;
     * null for none}
     */
    public final @Nullable String getSealed() {
        return get(columns.SEALED);
    }

    /**
     * Sets the column {@code sealed}.
     *
     * @param value the migrations before it that were sealed since, separated by commas, 0 first if a mode or a forced order opened
     *     it; null for none
     */
    public final void setSealed(@Nullable String value) {
        set(columns.SEALED, value);
    }

    /** {@return the last error} */
    public final @Nullable String getError() {
        return get(columns.ERROR);
    }

    /**
     * Sets the column {@code error}.
     *
     * @param value the last error
     */
    public final void setError(@Nullable String value) {
        set(columns.ERROR, value);
    }

    /** {@return when it was registered, UTC} */
    public final LocalDateTime getCreatedAt() {
        return get(columns.CREATED_AT);
    }

    /**
     * Sets the column {@code created_at}.
     *
     * @param value when it was registered, UTC
     */
    public final void setCreatedAt(LocalDateTime value) {
        set(columns.CREATED_AT, value);
    }

    /** {@return when it was first claimed, UTC} */
    public final @Nullable LocalDateTime getStartedAt() {
        return get(columns.STARTED_AT);
    }

    /**
     * Sets the column {@code started_at}.
     *
     * @param value when it was first claimed, UTC
     */
    public final void setStartedAt(@Nullable LocalDateTime value) {
        set(columns.STARTED_AT, value);
    }

    /** {@return when it was done or failed, UTC} */
    public final @Nullable LocalDateTime getFinishedAt() {
        return get(columns.FINISHED_AT);
    }

    /**
     * Sets the column {@code finished_at}.
     *
     * @param value when it was done or failed, UTC
     */
    public final void setFinishedAt(@Nullable LocalDateTime value) {
        set(columns.FINISHED_AT, value);
    }

    /** {@return when this row was last changed, UTC} */
    public final LocalDateTime getUpdatedAt() {
        return get(columns.UPDATED_AT);
    }

    /**
     * Sets the column {@code updated_at}.
     *
     * @param value when this row was last changed, UTC
     */
    public final void setUpdatedAt(LocalDateTime value) {
        set(columns.UPDATED_AT, value);
    }

    /** {@return why it has been paused since its registration: approval; null if an operator paused it} */
    public final @Nullable String getPauseCause() {
        return get(columns.PAUSE_CAUSE);
    }

    /**
     * Sets the column {@code pause_cause}.
     *
     * @param value why it has been paused since its registration: approval; null if an operator paused it
     */
    public final void setPauseCause(@Nullable String value) {
        set(columns.PAUSE_CAUSE, value);
    }

    /** {@return what operators have tuned, such as workers=1 load=0.25; null for nothing} */
    public final @Nullable String getTuning() {
        return get(columns.TUNING);
    }

    /**
     * Sets the column {@code tuning}.
     *
     * @param value what operators have tuned, such as workers=1 load=0.25; null for nothing
     */
    public final void setTuning(@Nullable String value) {
        set(columns.TUNING, value);
    }

    /** {@return whether it waits only for the migrations that it names; null for no} */
    public final @Nullable Boolean getIndependent() {
        return get(columns.INDEPENDENT);
    }

    /**
     * Sets the column {@code independent}.
     *
     * @param value whether it waits only for the migrations that it names; null for no
     */
    public final void setIndependent(@Nullable Boolean value) {
        set(columns.INDEPENDENT, value);
    }

    /**
     * {@return the tables that it works on, a line each, since it was last claimed; null if an older version of the library has
     * claimed it}
     */
    public final @Nullable String getWorksOn() {
        return get(columns.WORKS_ON);
    }

    /**
     * Sets the column {@code works_on}.
     *
     * @param value the tables that it works on, a line each, since it was last claimed; null if an older version of the library has
     *     claimed it
     */
    public final void setWorksOn(@Nullable String value) {
        set(columns.WORKS_ON, value);
    }
}
