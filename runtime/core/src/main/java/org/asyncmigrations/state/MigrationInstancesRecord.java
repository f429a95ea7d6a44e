package org.asyncmigrations.state;

import java.time.LocalDateTime;
import org.jooq.UpdatableRecord;
import org.jooq.impl.UpdatableRecordImpl;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@link MigrationInstances}, for users' own queries; the runtime selects fields. Not thread-safe.
 *
 * @param <R> the generated record type
 */
public class MigrationInstancesRecord<R extends UpdatableRecord<R>> extends UpdatableRecordImpl<R> {
    private static final long serialVersionUID = 1L;

    /** The table of this row. */
    private final MigrationInstances<R> columns;

    /**
     * An empty row.
     *
     * @param table the generated table
     */
    protected MigrationInstancesRecord(MigrationInstances<R> table) {
        super(table);
        this.columns = table;
    }

    /** {@return the instance: host, process and a random number} */
    public final String getInstance() {
        return get(columns.INSTANCE);
    }

    /** {@return the machine's full name, for people; null for unknown} */
    public final @Nullable String getHost() {
        return get(columns.HOST);
    }

    /** {@return the application's name; empty for none} */
    public final String getApplication() {
        return get(columns.APPLICATION);
    }

    /** {@return the build that it runs} */
    public final String getBuild() {
        return get(columns.BUILD);
    }

    /** {@return the application's release, for people} */
    public final String getReleaseName() {
        return get(columns.RELEASE_NAME);
    }

    /** {@return when it was registered, UTC} */
    public final LocalDateTime getStartedAt() {
        return get(columns.STARTED_AT);
    }

    /** {@return its last heartbeat, UTC} */
    public final LocalDateTime getSeenAt() {
        return get(columns.SEEN_AT);
    }

    /** {@return when it was closed, UTC} */
    public final @Nullable LocalDateTime getLeavingAt() {
        return get(columns.LEAVING_AT);
    }

    /** {@return the version of async-migrations that it runs; null if it doesn't record it} */
    public final @Nullable String getRuntime() {
        return get(columns.RUNTIME);
    }

    /** {@return until when it counts for the gate after its close, UTC; null before that, and if it doesn't record it} */
    public final @Nullable LocalDateTime getCountsUntil() {
        return get(columns.COUNTS_UNTIL);
    }
}
