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

    /** {@return the migration; 0 for all of them} */
    public final Long getVersion() {
        return get(columns.VERSION);
    }

    /** {@return when, UTC} */
    public final LocalDateTime getHappenedAt() {
        return get(columns.HAPPENED_AT);
    }

    /** {@return what happened, in a word} */
    public final String getEvent() {
        return get(columns.EVENT);
    }

    /** {@return the state before; null if it didn't change} */
    public final @Nullable String getFromState() {
        return get(columns.FROM_STATE);
    }

    /** {@return the state after; null if it didn't change} */
    public final @Nullable String getToState() {
        return get(columns.TO_STATE);
    }

    /** {@return the instance that did it} */
    public final String getWho() {
        return get(columns.WHO);
    }

    /** {@return why, or the error} */
    public final @Nullable String getDetail() {
        return get(columns.DETAIL);
    }
}
