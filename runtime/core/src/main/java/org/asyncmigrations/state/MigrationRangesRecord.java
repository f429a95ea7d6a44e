package org.asyncmigrations.state;

import java.time.LocalDateTime;
import org.jooq.UpdatableRecord;
import org.jooq.impl.UpdatableRecordImpl;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@link MigrationRanges}, for users' own queries; the runtime selects fields. Not thread-safe.
 *
 * @param <R> the generated record type
 */
public class MigrationRangesRecord<R extends UpdatableRecord<R>> extends UpdatableRecordImpl<R> {
    private static final long serialVersionUID = 1L;

    /** The table of this row. */
    private final MigrationRanges<R> columns;

    /**
     * An empty row.
     *
     * @param table the generated table
     */
    protected MigrationRangesRecord(MigrationRanges<R> table) {
        super(table);
        this.columns = table;
    }

    /** {@return the migration} */
    public final Long getVersion() {
        return get(columns.VERSION);
    }

    /**
     * Sets the column {@code version}.
     *
     * @param value the migration
     */
    public final void setVersion(Long value) {
        set(columns.VERSION, value);
    }

    /** {@return the range's number within the migration} */
    public final Long getRangeNo() {
        return get(columns.RANGE_NO);
    }

    /**
     * Sets the column {@code range_no}.
     *
     * @param value the range's number within the migration
     */
    public final void setRangeNo(Long value) {
        set(columns.RANGE_NO, value);
    }

    /** {@return the run of the migration that it belongs to} */
    public final String getRunId() {
        return get(columns.RUN_ID);
    }

    /**
     * Sets the column {@code run_id}.
     *
     * @param value the run of the migration that it belongs to
     */
    public final void setRunId(String value) {
        set(columns.RUN_ID, value);
    }

    /** {@return the key after which it begins; null for the beginning of the table} */
    public final @Nullable String getFromKey() {
        return get(columns.FROM_KEY);
    }

    /**
     * Sets the column {@code from_key}.
     *
     * @param value the key after which it begins; null for the beginning of the table
     */
    public final void setFromKey(@Nullable String value) {
        set(columns.FROM_KEY, value);
    }

    /** {@return its last key; null for the end of the table, wherever that is} */
    public final @Nullable String getToKey() {
        return get(columns.TO_KEY);
    }

    /**
     * Sets the column {@code to_key}.
     *
     * @param value its last key; null for the end of the table, wherever that is
     */
    public final void setToKey(@Nullable String value) {
        set(columns.TO_KEY, value);
    }

    /** {@return the last key of its committed batches; null before the first} */
    public final @Nullable String getCursor() {
        return get(columns.CURSOR);
    }

    /**
     * Sets the column {@code cursor}.
     *
     * @param value the last key of its committed batches; null before the first
     */
    public final void setCursor(@Nullable String value) {
        set(columns.CURSOR, value);
    }

    /** {@return who has claimed it} */
    public final @Nullable String getOwner() {
        return get(columns.OWNER);
    }

    /**
     * Sets the column {@code owner}.
     *
     * @param value who has claimed it
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

    /** {@return claims since its cursor last moved} */
    public final Integer getAttempts() {
        return get(columns.ATTEMPTS);
    }

    /**
     * Sets the column {@code attempts}.
     *
     * @param value claims since its cursor last moved
     */
    public final void setAttempts(Integer value) {
        set(columns.ATTEMPTS, value);
    }

    /** {@return grows with each fence, so that each fence changes the row} */
    public final Long getBeats() {
        return get(columns.BEATS);
    }

    /**
     * Sets the column {@code beats}.
     *
     * @param value grows with each fence, so that each fence changes the row
     */
    public final void setBeats(Long value) {
        set(columns.BEATS, value);
    }

    /** {@return rows changed in it} */
    public final Long getRowsDone() {
        return get(columns.ROWS_DONE);
    }

    /**
     * Sets the column {@code rows_done}.
     *
     * @param value rows changed in it
     */
    public final void setRowsDone(Long value) {
        set(columns.ROWS_DONE, value);
    }

    /** {@return pending rows that a verification pass found in it} */
    public final Long getRowsFound() {
        return get(columns.ROWS_FOUND);
    }

    /**
     * Sets the column {@code rows_found}.
     *
     * @param value pending rows that a verification pass found in it
     */
    public final void setRowsFound(Long value) {
        set(columns.ROWS_FOUND, value);
    }

    /** {@return some of the pending keys that a verification pass found in it, null for none} */
    public final @Nullable String getFoundKeys() {
        return get(columns.FOUND_KEYS);
    }

    /**
     * Sets the column {@code found_keys}.
     *
     * @param value some of the pending keys that a verification pass found in it, null for none
     */
    public final void setFoundKeys(@Nullable String value) {
        set(columns.FOUND_KEYS, value);
    }

    /** {@return keys walked in it} */
    public final Long getKeysWalked() {
        return get(columns.KEYS_WALKED);
    }

    /**
     * Sets the column {@code keys_walked}.
     *
     * @param value keys walked in it
     */
    public final void setKeysWalked(Long value) {
        set(columns.KEYS_WALKED, value);
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

    /** {@return keys of its last batch; null before the first} */
    public final @Nullable Long getBatchKeys() {
        return get(columns.BATCH_KEYS);
    }

    /**
     * Sets the column {@code batch_keys}.
     *
     * @param value keys of its last batch; null before the first
     */
    public final void setBatchKeys(@Nullable Long value) {
        set(columns.BATCH_KEYS, value);
    }

    /** {@return how long its last batch took, in milliseconds; null before the first} */
    public final @Nullable Long getBatchMillis() {
        return get(columns.BATCH_MILLIS);
    }

    /**
     * Sets the column {@code batch_millis}.
     *
     * @param value how long its last batch took, in milliseconds; null before the first
     */
    public final void setBatchMillis(@Nullable Long value) {
        set(columns.BATCH_MILLIS, value);
    }

    /** {@return the worker's recent rate in keys per second, pauses included; null for unknown} */
    public final @Nullable Long getKeysPerSecond() {
        return get(columns.KEYS_PER_SECOND);
    }

    /**
     * Sets the column {@code keys_per_second}.
     *
     * @param value the worker's recent rate in keys per second, pauses included; null for unknown
     */
    public final void setKeysPerSecond(@Nullable Long value) {
        set(columns.KEYS_PER_SECOND, value);
    }
}
