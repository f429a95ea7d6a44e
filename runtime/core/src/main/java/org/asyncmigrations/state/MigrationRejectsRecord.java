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

    /** {@return a hash of the row's key, which may be longer than an index takes} */
    public final String getKeyHash() {
        return get(columns.KEY_HASH);
    }

    /** {@return the run of the migration that it belongs to} */
    public final String getRunId() {
        return get(columns.RUN_ID);
    }

    /** {@return the row's key} */
    public final String getRowKey() {
        return get(columns.ROW_KEY);
    }

    /** {@return what was thrown when it was last tried} */
    public final String getError() {
        return get(columns.ERROR);
    }

    /** {@return how often it was tried} */
    public final Integer getAttempts() {
        return get(columns.ATTEMPTS);
    }

    /** {@return when it was set aside, UTC} */
    public final LocalDateTime getCreatedAt() {
        return get(columns.CREATED_AT);
    }

    /** {@return when it was last tried, UTC} */
    public final LocalDateTime getUpdatedAt() {
        return get(columns.UPDATED_AT);
    }

    /** {@return why an operator leaves it as it is; null if it is not accepted} */
    public final @Nullable String getAcceptedBecause() {
        return get(columns.ACCEPTED_BECAUSE);
    }
}
