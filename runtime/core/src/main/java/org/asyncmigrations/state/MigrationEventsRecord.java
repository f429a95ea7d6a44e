package org.asyncmigrations.state;

import java.time.LocalDateTime;
import org.jooq.UpdatableRecord;
import org.jooq.impl.UpdatableRecordImpl;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@link MigrationEvents}, for users' own queries; the runtime selects fields. Not thread-safe.
 *
 * @param <R> the generated record type
 */
public class MigrationEventsRecord<R extends UpdatableRecord<R>> extends UpdatableRecordImpl<R> {
    private static final long serialVersionUID = 1L;

    /** The table of this row. */
    private final MigrationEvents<R> columns;

    /**
     * An empty row.
     *
     * @param table the generated table
     */
    protected MigrationEventsRecord(MigrationEvents<R> table) {
        super(table);
        this.columns = table;
    }

    /** {@return a random number; events are ordered by their time} */
    public final String getId() {
        return get(columns.ID);
    }

    /**
     * Sets the column {@code id}.
     *
     * @param value a random number; events are ordered by their time
     */
    public final void setId(String value) {
        set(columns.ID, value);
    }

    /** {@return the migration; 0 for all of them} */
    public final Long getVersion() {
        return get(columns.VERSION);
    }

    /**
     * Sets the column {@code version}.
     *
     * @param value the migration; 0 for all of them
     */
    public final void setVersion(Long value) {
        set(columns.VERSION, value);
    }

    /** {@return when, UTC} */
    public final LocalDateTime getHappenedAt() {
        return get(columns.HAPPENED_AT);
    }

    /**
     * Sets the column {@code happened_at}.
     *
     * @param value when, UTC
     */
    public final void setHappenedAt(LocalDateTime value) {
        set(columns.HAPPENED_AT, value);
    }

    /** {@return what happened, in a word} */
    public final String getEvent() {
        return get(columns.EVENT);
    }

    /**
     * Sets the column {@code event}.
     *
     * @param value what happened, in a word
     */
    public final void setEvent(String value) {
        set(columns.EVENT, value);
    }

    /** {@return the state before; null if it didn't change} */
    public final @Nullable String getFromState() {
        return get(columns.FROM_STATE);
    }

    /**
     * Sets the column {@code from_state}.
     *
     * @param value the state before; null if it didn't change
     */
    public final void setFromState(@Nullable String value) {
        set(columns.FROM_STATE, value);
    }

    /** {@return the state after; null if it didn't change} */
    public final @Nullable String getToState() {
        return get(columns.TO_STATE);
    }

    /**
     * Sets the column {@code to_state}.
     *
     * @param value the state after; null if it didn't change
     */
    public final void setToState(@Nullable String value) {
        set(columns.TO_STATE, value);
    }

    /** {@return the instance that did it} */
    public final String getWho() {
        return get(columns.WHO);
    }

    /**
     * Sets the column {@code who}.
     *
     * @param value the instance that did it, or the operator
     */
    public final void setWho(String value) {
        set(columns.WHO, value);
    }

    /** {@return why, or the error} */
    public final @Nullable String getDetail() {
        return get(columns.DETAIL);
    }

    /**
     * Sets the column {@code detail}.
     *
     * @param value why, or the error
     */
    public final void setDetail(@Nullable String value) {
        set(columns.DETAIL, value);
    }
}
