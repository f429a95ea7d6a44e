package org.asyncmigrations.state;

import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.State;
import org.asyncmigrations.Tuning;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Reads what people are shown of the migrations. Without state, and so safe for threads. */
public final class StatusRows {
    private StatusRows() {}

    /**
     * The status of all migrations that have a row.
     *
     * @param tx the transaction
     * @return the statuses, in the order of versions; why one waits is not known here
     */
    public static List<MigrationStatus> all(StateTransaction tx) {
        SchemaMigrations<?> t = tx.tables().migrations();
        // Below zero are the walks that seal; what they are at is shown where it is waited for.
        return read(tx, t.VERSION.gt(0L), RangeRows.owners(tx));
    }

    /**
     * The status of one migration, without the workers that hold its ranges.
     *
     * @param tx the transaction
     * @param version its version, or that of a walk that seals
     * @return the status, null for one without a row
     */
    public static @Nullable MigrationStatus of(StateTransaction tx, long version) {
        return read(tx, tx.tables().migrations().VERSION.eq(version), Map.of()).stream()
                .findFirst()
                .orElse(null);
    }

    private static List<MigrationStatus> read(StateTransaction tx, Condition which, Map<Long, List<String>> owners) {
        SchemaMigrations<?> t = tx.tables().migrations();
        MigrationRanges<?> r = tx.tables().ranges();
        Field<BigDecimal> rows = total(t, r, r.ROWS_DONE, t.ROWS_DONE);
        Field<BigDecimal> keys = total(t, r, r.KEYS_WALKED, t.KEYS_WALKED);
        Field<LocalDateTime> walked =
                DSL.field(select(max(r.UPDATED_AT)).from(r).where(r.VERSION.eq(t.VERSION)));
        Field<Boolean> claimed = DSL.field(t.OWNER.isNotNull().and(t.CLAIMED_UNTIL.ge(tx.now())));
        Field<Boolean> waits = DSL.field(t.NEXT_ATTEMPT_AT.isNotNull().and(t.NEXT_ATTEMPT_AT.gt(tx.now())));
        Result<? extends Record> rowsRead = tx.dsl()
                .select(
                        t.VERSION,
                        t.NAME,
                        t.PHASE,
                        t.STATE,
                        t.PAUSED,
                        t.ATTEMPTS,
                        t.ROWS_ESTIMATED,
                        t.ERROR,
                        t.THROTTLED)
                .select(t.STARTED_AT, t.FINISHED_AT, rows.as("all_rows"), keys.as("all_keys"))
                .select(t.OWNER, t.NEXT_ATTEMPT_AT, t.UPDATED_AT, t.GATE_OPENED_AT)
                .select(claimed.as("claimed"), waits.as("waits"), walked.as("walked_at"), tx.optional(t.TUNING))
                .select(MigrationRows.beginning(tx))
                .from(t)
                .where(which)
                .orderBy(t.VERSION)
                .fetch();
        boolean isAnyTuned = rowsRead.stream().anyMatch(row -> row.get(t.TUNING) != null);
        Map<Long, Integer> tooOld = isAnyTuned ? InstanceRows.withoutRuntime(tx) : Map.of();
        return rowsRead.map(row -> status(row, t, owners.getOrDefault(row.get(t.VERSION), List.of()), tooOld));
    }

    /** What the migration's row has folded, and what its open ranges have besides. */
    private static Field<BigDecimal> total(
            SchemaMigrations<?> t, MigrationRanges<?> r, TableField<?, Long> ofRange, TableField<?, Long> folded) {
        return coalesce(
                        DSL.field(select(sum(ofRange)).from(r).where(r.VERSION.eq(t.VERSION))),
                        DSL.inline(BigDecimal.ZERO))
                .plus(folded);
    }

    private static MigrationStatus status(
            Record row, SchemaMigrations<?> t, List<String> ofRanges, Map<Long, Integer> tooOld) {
        MigrationStatus.Progress progress = new MigrationStatus.Progress(
                row.get("all_rows", Long.class),
                row.get("all_keys", Long.class),
                row.get(t.ROWS_ESTIMATED),
                instant(row.get(t.STARTED_AT)),
                instant(row.get(t.FINISHED_AT)));
        return new MigrationStatus(
                row.get(t.VERSION),
                row.get(t.NAME),
                MigrationRows.phase(row.get(t.PHASE)),
                State.of(row.get(t.STATE)).orElse(State.CREATED),
                row.get(t.PAUSED),
                row.get(t.ATTEMPTS),
                progress,
                row.get(t.ERROR),
                State.of(row.get(t.STATE)).isPresent()
                        ? beginning(row, t)
                        : "has the state '" + row.get(t.STATE)
                                + "', which is none of ours; set it to created, to pending or to done",
                now(row, t, ofRanges, tooOld));
    }

    private static @Nullable String beginning(Record row, SchemaMigrations<?> t) {
        boolean waits = Boolean.TRUE.equals(row.get("waits", Boolean.class));
        String reason = MigrationRows.beginning(row, t, !waits).reason();
        return reason == null ? row.get(t.THROTTLED) : reason;
    }

    private static MigrationStatus.Now now(
            Record row, SchemaMigrations<?> t, List<String> ofRanges, Map<Long, Integer> tooOld) {
        List<String> owners = new ArrayList<>(ofRanges);
        if (Boolean.TRUE.equals(row.get("claimed", Boolean.class))) {
            owners.add(row.get(t.OWNER));
        }
        boolean waits = Boolean.TRUE.equals(row.get("waits", Boolean.class));
        LocalDateTime changed = row.get(t.UPDATED_AT);
        LocalDateTime walked = row.get("walked_at", LocalDateTime.class);
        return new MigrationStatus.Now(
                owners.stream().sorted().distinct().toList(),
                waits ? instant(row.get(t.NEXT_ATTEMPT_AT)) : null,
                instant(walked == null || walked.isBefore(changed) ? changed : walked),
                instant(row.get(t.GATE_OPENED_AT)),
                tuning(row, t, tooOld));
    }

    private static MigrationStatus.TuningStatus tuning(Record row, SchemaMigrations<?> t, Map<Long, Integer> tooOld) {
        Tuning tuning = Tuning.of(row.get(t.TUNING));
        int behind = tuning.isNone() ? 0 : tooOld.getOrDefault(row.get(t.VERSION), 0);
        return new MigrationStatus.TuningStatus(tuning, behind);
    }

    static @Nullable Instant instant(@Nullable LocalDateTime time) {
        return time == null ? null : time.toInstant(ZoneOffset.UTC);
    }
}
