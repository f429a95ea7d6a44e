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

    /**
     * Sets the column {@code instance}.
     *
     * @param value the instance: host, process and a random number
     */
    public final void setInstance(String value) {
        set(columns.INSTANCE, value);
    }

    /** {@return the machine's full name, for people; null for unknown} */
    public final @Nullable String getHost() {
        return get(columns.HOST);
    }

    /**
     * Sets the column {@code host}.
     *
     * @param value the machine's full name, for people; null for unknown
     */
    public final void setHost(@Nullable String value) {
        set(columns.HOST, value);
    }

    /** {@return the application's name; empty for none} */
    public final String getApplication() {
        return get(columns.APPLICATION);
    }

    /**
     * Sets the column {@code application}.
     *
     * @param value the application's name; empty for none
     */
    public final void setApplication(String value) {
        set(columns.APPLICATION, value);
    }

    /** {@return the build that it runs} */
    public final String getBuild() {
        return get(columns.BUILD);
    }

    /**
     * Sets the column {@code build}.
     *
     * @param value the build that it runs
     */
    public final void setBuild(String value) {
        set(columns.BUILD, value);
    }

    /** {@return the application's release, for people} */
    public final String getReleaseName() {
        return get(columns.RELEASE_NAME);
    }

    /**
     * Sets the column {@code release_name}.
     *
     * @param value the application's release, for people
     */
    public final void setReleaseName(String value) {
        set(columns.RELEASE_NAME, value);
    }

    /** {@return when it was registered, UTC} */
    public final LocalDateTime getStartedAt() {
        return get(columns.STARTED_AT);
    }

    /**
     * Sets the column {@code started_at}.
     *
     * @param value when it was registered, UTC
     */
    public final void setStartedAt(LocalDateTime value) {
        set(columns.STARTED_AT, value);
    }

    /** {@return its last heartbeat, UTC} */
    public final LocalDateTime getSeenAt() {
        return get(columns.SEEN_AT);
    }

    /**
     * Sets the column {@code seen_at}.
     *
     * @param value its last heartbeat, UTC
     */
    public final void setSeenAt(LocalDateTime value) {
        set(columns.SEEN_AT, value);
    }

    /** {@return when it was closed, UTC} */
    public final @Nullable LocalDateTime getLeavingAt() {
        return get(columns.LEAVING_AT);
    }

    /**
     * Sets the column {@code leaving_at}.
     *
     * @param value when it was closed, UTC
     */
    public final void setLeavingAt(@Nullable LocalDateTime value) {
        set(columns.LEAVING_AT, value);
    }

    /** {@return the version of async-migrations that it runs; null if it doesn't record it} */
    public final @Nullable String getRuntime() {
        return get(columns.RUNTIME);
    }

    /**
     * Sets the column {@code runtime}.
     *
     * @param value the version of async-migrations that it runs; null if it doesn't record it
     */
    public final void setRuntime(@Nullable String value) {
        set(columns.RUNTIME, value);
    }

    /** {@return until when it counts for the gate after its close, UTC; null before that, and if it doesn't record it} */
    public final @Nullable LocalDateTime getCountsUntil() {
        return get(columns.COUNTS_UNTIL);
    }

    /**
     * Sets the column {@code counts_until}.
     *
     * @param value until when it counts for the gate after its close, UTC; null before that, and if it doesn't record it
     */
    public final void setCountsUntil(@Nullable LocalDateTime value) {
        set(columns.COUNTS_UNTIL, value);
    }
}
