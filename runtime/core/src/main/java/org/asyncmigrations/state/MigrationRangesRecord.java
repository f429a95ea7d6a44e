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

    /** {@return the range's number within the migration} */
    public final Long getRangeNo() {
        return get(columns.RANGE_NO);
    }

    /** {@return the run of the migration that it belongs to} */
    public final String getRunId() {
        return get(columns.RUN_ID);
    }

    /** {@return the key after which it begins; null for the beginning of the table} */
    public final @Nullable String getFromKey() {
        return get(columns.FROM_KEY);
    }

    /** {@return its last key; null for the end of the table, wherever that is} */
    public final @Nullable String getToKey() {
        return get(columns.TO_KEY);
    }

    /** {@return the last key of its committed batches; null before the first} */
    public final @Nullable String getCursor() {
        return get(columns.CURSOR);
    }

    /** {@return who has claimed it} */
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

    /** {@return claims since its cursor last moved} */
    public final Integer getAttempts() {
        return get(columns.ATTEMPTS);
    }

    /** {@return grows with each fence, so that each fence changes the row} */
    public final Long getBeats() {
        return get(columns.BEATS);
    }

    /** {@return rows changed in it} */
    public final Long getRowsDone() {
        return get(columns.ROWS_DONE);
    }

    /** {@return pending rows that a verification pass found in it} */
    public final Long getRowsFound() {
        return get(columns.ROWS_FOUND);
    }

    /** {@return some of the pending keys that a verification pass found in it, null for none} */
    public final @Nullable String getFoundKeys() {
        return get(columns.FOUND_KEYS);
    }

    /** {@return keys walked in it} */
    public final Long getKeysWalked() {
        return get(columns.KEYS_WALKED);
    }

    /** {@return when this row was last changed, UTC} */
    public final LocalDateTime getUpdatedAt() {
        return get(columns.UPDATED_AT);
    }

    /** {@return keys of its last batch; null before the first} */
    public final @Nullable Long getBatchKeys() {
        return get(columns.BATCH_KEYS);
    }

    /** {@return how long its last batch took, in milliseconds; null before the first} */
    public final @Nullable Long getBatchMillis() {
        return get(columns.BATCH_MILLIS);
    }

    /** {@return the worker's recent rate in keys per second, pauses included; null for unknown} */
    public final @Nullable Long getKeysPerSecond() {
        return get(columns.KEYS_PER_SECOND);
    }
}
