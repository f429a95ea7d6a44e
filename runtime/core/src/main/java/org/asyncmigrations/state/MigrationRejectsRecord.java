package org.asyncmigrations.state;

import java.time.LocalDateTime;
import org.jooq.UpdatableRecord;
import org.jooq.impl.UpdatableRecordImpl;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@link MigrationRejects}, for users' own queries; the runtime selects fields. Not thread-safe.
 *
 * @param <R> the generated record type
 */
public class MigrationRejectsRecord<R extends UpdatableRecord<R>> extends UpdatableRecordImpl<R> {
    private static final long serialVersionUID = 1L;

    /** The table of this row. */
    private final MigrationRejects<R> columns;

    /**
     * An empty row.
     *
     * @param table the generated table
     */
    protected MigrationRejectsRecord(MigrationRejects<R> table) {
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

    /** {@return a hash of the row's key, which may be longer than an index takes} */
    public final String getKeyHash() {
        return get(columns.KEY_HASH);
    }

    /**
     * Sets the column {@code key_hash}.
     *
     * @param value a hash of the row's key, which may be longer than an index takes
     */
    public final void setKeyHash(String value) {
        set(columns.KEY_HASH, value);
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

    /** {@return the row's key} */
    public final String getRowKey() {
        return get(columns.ROW_KEY);
    }

    /**
     * Sets the column {@code row_key}.
     *
     * @param value the row's key
     */
    public final void setRowKey(String value) {
        set(columns.ROW_KEY, value);
    }

    /** {@return what was thrown when it was last tried} */
    public final String getError() {
        return get(columns.ERROR);
    }

    /**
     * Sets the column {@code error}.
     *
     * @param value what was thrown when it was last tried
     */
    public final void setError(String value) {
        set(columns.ERROR, value);
    }

    /** {@return how often it was tried} */
    public final Integer getAttempts() {
        return get(columns.ATTEMPTS);
    }

    /**
     * Sets the column {@code attempts}.
     *
     * @param value how often it was tried
     */
    public final void setAttempts(Integer value) {
        set(columns.ATTEMPTS, value);
    }

    /** {@return when it was set aside, UTC} */
    public final LocalDateTime getCreatedAt() {
        return get(columns.CREATED_AT);
    }

    /**
     * Sets the column {@code created_at}.
     *
     * @param value when it was set aside, UTC
     */
    public final void setCreatedAt(LocalDateTime value) {
        set(columns.CREATED_AT, value);
    }

    /** {@return when it was last tried, UTC} */
    public final LocalDateTime getUpdatedAt() {
        return get(columns.UPDATED_AT);
    }

    /**
     * Sets the column {@code updated_at}.
     *
     * @param value when it was last tried, UTC
     */
    public final void setUpdatedAt(LocalDateTime value) {
        set(columns.UPDATED_AT, value);
    }

    /** {@return why an operator leaves it as it is; null if it is not accepted} */
    public final @Nullable String getAcceptedBecause() {
        return get(columns.ACCEPTED_BECAUSE);
    }

    /**
     * Sets the column {@code accepted_because}.
     *
     * @param value why an operator leaves it as it is; null if it is not accepted
     */
    public final void setAcceptedBecause(@Nullable String value) {
        set(columns.ACCEPTED_BECAUSE, value);
    }
}
