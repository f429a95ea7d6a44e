package org.asyncmigrations.state;

import java.time.LocalDateTime;
import org.jooq.UpdatableRecord;
import org.jooq.impl.UpdatableRecordImpl;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@link MigrationBuilds}, for users' own queries; the runtime selects fields. Not thread-safe.
 *
 * @param <R> the generated record type
 */
public class MigrationBuildsRecord<R extends UpdatableRecord<R>> extends UpdatableRecordImpl<R> {
    private static final long serialVersionUID = 1L;

    /** The table of this row. */
    private final MigrationBuilds<R> columns;

    /**
     * An empty row.
     *
     * @param table the generated table
     */
    protected MigrationBuildsRecord(MigrationBuilds<R> table) {
        super(table);
        this.columns = table;
    }

    /** {@return a hash of the build's versions and fingerprints} */
    public final String getBuild() {
        return get(columns.BUILD);
    }

    /** {@return the versions that it contains, ascending, separated by commas} */
    public final String getVersions() {
        return get(columns.VERSIONS);
    }

    /** {@return the versions whose classes it has dropped, ascending, separated by commas; null for none} */
    public final @Nullable String getRetired() {
        return get(columns.RETIRED);
    }

    /** {@return when the build was first seen, UTC} */
    public final LocalDateTime getFirstSeen() {
        return get(columns.FIRST_SEEN);
    }
}
