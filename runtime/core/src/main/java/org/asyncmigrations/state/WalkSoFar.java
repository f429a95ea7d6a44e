package org.asyncmigrations.state;

import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDateTime;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a batch migration's walk. Immutable and thread-safe.
 *
 * @param row its row
 * @param keys keys walked in the current pass, including those of open ranges
 * @param before keys walked in earlier passes, including those before a retry
 * @param isOpen whether ranges are started and not finished
 * @param took from its first claim to its last progress, by the database's clock, pauses included
 */
public record WalkSoFar(MigrationRow row, long keys, long before, boolean isOpen, Duration took) {
    /**
     * Reads the progress.
     *
     * @param tx the transaction
     * @param version the migration
     * @return the progress, null if there is no row
     */
    public static @Nullable WalkSoFar read(StateTransaction tx, long version) {
        SchemaMigrations<?> t = tx.tables().migrations();
        MigrationRanges<?> r = tx.tables().ranges();
        MigrationRow row = MigrationRows.find(tx, version);
        if (row == null) {
            return null;
        }
        Field<BigDecimal> keys = DSL.field(select(sum(r.KEYS_WALKED)).from(r).where(r.VERSION.eq(t.VERSION)));
        Field<LocalDateTime> last = DSL.field(select(max(r.UPDATED_AT)).from(r).where(r.VERSION.eq(t.VERSION)));
        return tx.dsl()
                .select(
                        t.KEYS_WALKED,
                        t.KEYS_BEFORE,
                        keys.as("open_keys"),
                        t.STARTED_AT,
                        t.UPDATED_AT,
                        last.as("fenced_at"))
                .from(t)
                .where(t.VERSION.eq(version))
                .fetchOne(found -> soFar(row, found, t));
    }

    /**
     * Whether a walk has had any effect yet.
     *
     * @param tx the transaction
     * @param version the migration
     * @return whether rows have been changed, in this walk or an earlier one, or set aside
     */
    public static boolean hasBegun(StateTransaction tx, long version) {
        SchemaMigrations<?> t = tx.tables().migrations();
        MigrationRanges<?> r = tx.tables().ranges();
        MigrationRejects<?> j = tx.tables().rejects();
        return tx.dsl().fetchExists(t, t.VERSION.eq(version).and(t.ROWS_DONE.gt(0L)))
                || tx.dsl().fetchExists(r, r.VERSION.eq(version).and(r.ROWS_DONE.gt(0L)))
                || tx.dsl().fetchExists(j, j.VERSION.eq(version));
    }

    private static WalkSoFar soFar(MigrationRow row, Record found, SchemaMigrations<?> t) {
        Long before = found.get(t.KEYS_BEFORE);
        Long open = found.get("open_keys", Long.class);
        LocalDateTime began = found.get(t.STARTED_AT);
        LocalDateTime fenced = found.get("fenced_at", LocalDateTime.class);
        LocalDateTime last = found.get(t.UPDATED_AT);
        if (fenced != null && fenced.isAfter(last)) {
            last = fenced;
        }
        return new WalkSoFar(
                row,
                found.get(t.KEYS_WALKED) + (open == null ? 0 : open),
                before == null ? 0 : before,
                open != null,
                began == null ? Duration.ZERO : Duration.between(began, last));
    }
}
