package org.asyncmigrations.state;

import static org.jooq.impl.DSL.avg;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.when;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationStatus;
import org.asyncmigrations.RangeStatus;
import org.asyncmigrations.State;
import org.asyncmigrations.Tuning;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** Reads the status of migrations for people. Stateless and thread-safe. */
public final class StatusRows {
    /** The start of a reason if it is a lock; the session that holds it follows. */
    public static final String LOCKED_BY = "waits for a lock that is held by ";

    /** If a worker's batches haven't committed for this long, it doesn't count as walking. */
    private static final Duration STILL = Duration.ofMinutes(1);

    private StatusRows() {}

    /**
     * The status of all migrations that have a row. A migration that waits for a sealing walk says so, with that walk's workers and
     * pace.
     *
     * @param tx the transaction
     * @return the statuses, in the order of versions; other reasons for waiting are not included
     */
    public static List<MigrationStatus> all(StateTransaction tx) {
        List<MigrationStatus> rows = read(tx, DSL.noCondition(), owners(tx));
        Map<Long, MigrationStatus> walks = new HashMap<>();
        if (!rows.isEmpty() && rows.get(0).version() < 0) {
            Map<Long, Long> opened = SealRows.opened(tx);
            rows.stream()
                    .filter(row -> opened.containsKey(row.version()))
                    .forEach(row -> walks.put(opened.get(row.version()), row));
        }
        return rows.stream()
                .filter(row -> row.version() > 0)
                .map(row -> walks.containsKey(row.version()) ? sealing(row, walks.get(row.version())) : row)
                .toList();
    }

    /**
     * The status of one migration, without the workers that hold its ranges.
     *
     * @param tx the transaction
     * @param version its version, or that of a sealing walk
     * @return the status, null if there is no row
     */
    public static @Nullable MigrationStatus of(StateTransaction tx, long version) {
        return read(tx, tx.tables().migrations().VERSION.eq(version), Map.of()).stream()
                .findFirst()
                .orElse(null);
    }

    /**
     * The ranges of a migration.
     *
     * @param tx the transaction
     * @param version the migration
     * @return its open ranges, ascending
     */
    public static List<RangeStatus> ranges(StateTransaction tx, long version) {
        MigrationRanges<?> r = tx.tables().ranges();
        return tx.dsl()
                .select(r.RANGE_NO, r.OWNER, r.CLAIMED_UNTIL, r.FROM_KEY, r.CURSOR, r.TO_KEY, r.ATTEMPTS)
                .select(r.ROWS_DONE, r.KEYS_WALKED, r.UPDATED_AT)
                .select(tx.optional(r.KEYS_PER_SECOND), tx.optional(r.BATCH_KEYS), tx.optional(r.BATCH_MILLIS))
                .from(r)
                .where(r.VERSION.eq(version))
                .orderBy(r.RANGE_NO)
                .fetch(row -> new RangeStatus(
                        version,
                        row.get(r.RANGE_NO),
                        row.get(r.OWNER),
                        instant(row.get(r.CLAIMED_UNTIL)),
                        row.get(r.FROM_KEY),
                        row.get(r.CURSOR),
                        row.get(r.TO_KEY),
                        row.get(r.ATTEMPTS),
                        row.get(r.ROWS_DONE),
                        row.get(r.KEYS_WALKED),
                        row.get(r.UPDATED_AT).toInstant(ZoneOffset.UTC),
                        row.get(r.KEYS_PER_SECOND),
                        row.get(r.BATCH_KEYS),
                        millis(row.get(r.BATCH_MILLIS))));
    }

    private static Condition claimed(StateTransaction tx) {
        MigrationRanges<?> r = tx.tables().ranges();
        return r.OWNER.isNotNull().and(r.CLAIMED_UNTIL.ge(tx.now()));
    }

    /** {@return the holders of live claims on ranges, by migration} */
    private static Map<Long, List<String>> owners(StateTransaction tx) {
        MigrationRanges<?> r = tx.tables().ranges();
        return tx.dsl().select(r.VERSION, r.OWNER).from(r).where(claimed(tx)).fetchGroups(r.VERSION, r.OWNER);
    }

    private static List<MigrationStatus> read(StateTransaction tx, Condition which, Map<Long, List<String>> owners) {
        SchemaMigrations<?> t = tx.tables().migrations();
        Table<?> w = walks(tx);
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
                .select(t.STARTED_AT, t.FINISHED_AT, t.ROWS_DONE, t.KEYS_WALKED)
                .select(t.OWNER, t.NEXT_ATTEMPT_AT, t.UPDATED_AT, t.GATE_OPENED_AT)
                .select(claimed.as("claimed"), waits.as("waits"), tx.optional(t.TUNING), tx.optional(t.INDEPENDENT))
                .select(MigrationRows.beginning(tx))
                .select(w.fields("open_rows", "open_keys", "walked_at", "rate", "batch_size", "batch_time"))
                .from(t)
                .leftJoin(w)
                .on(w.field(tx.tables().ranges().VERSION).eq(t.VERSION))
                .where(which)
                .orderBy(t.VERSION)
                .fetch();
        boolean isAnyTuned = rowsRead.stream().anyMatch(row -> row.get(t.TUNING) != null);
        Map<Long, Integer> tooOld = isAnyTuned ? InstanceRows.withoutRuntime(tx) : Map.of();
        return rowsRead.map(row -> status(row, t, owners.getOrDefault(row.get(t.VERSION), List.of()), tooOld));
    }

    /**
     * The part of a migration's progress that is still in its open ranges. Read in the same statement as the migration's row, so
     * that no range counts twice or not at all.
     */
    private static Table<?> walks(StateTransaction tx) {
        MigrationRanges<?> r = tx.tables().ranges();
        Condition moves = claimed(tx).and(r.UPDATED_AT.ge(tx.in(STILL.negated())));
        return tx.dsl()
                .select(
                        r.VERSION,
                        sum(r.ROWS_DONE).as("open_rows"),
                        sum(r.KEYS_WALKED).as("open_keys"),
                        max(r.UPDATED_AT).as("walked_at"),
                        known(tx, r.KEYS_PER_SECOND, rate -> sum(when(moves, rate)))
                                .as("rate"),
                        known(tx, r.BATCH_KEYS, keys -> avg(when(moves, keys))).as("batch_size"),
                        known(tx, r.BATCH_MILLIS, millis -> avg(when(moves, millis)))
                                .as("batch_time"))
                .from(r)
                .groupBy(r.VERSION)
                .asTable("async_walks");
    }

    /** H2 can't sum a column that is NULL in all rows. */
    private static Field<BigDecimal> known(
            StateTransaction tx, Field<Long> column, Function<Field<Long>, Field<BigDecimal>> aggregate) {
        return tx.has(column) ? aggregate.apply(column) : DSL.castNull(SQLDataType.NUMERIC);
    }

    private static MigrationStatus status(
            Record row, SchemaMigrations<?> t, List<String> ofRanges, Map<Long, Integer> tooOld) {
        MigrationStatus.Progress progress = new MigrationStatus.Progress(
                row.get(t.ROWS_DONE) + number(row, "open_rows", 0L),
                row.get(t.KEYS_WALKED) + number(row, "open_keys", 0L),
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
                                + "', which is unknown; set it to created, pending or done",
                now(row, t, ofRanges, pace(row, t, progress), tuning(row, t, tooOld)));
    }

    private static @Nullable String beginning(Record row, SchemaMigrations<?> t) {
        boolean waits = Boolean.TRUE.equals(row.get("waits", Boolean.class));
        String reason = MigrationRows.beginning(row, t, !waits).reason();
        return reason == null ? row.get(t.THROTTLED) : reason;
    }

    private static MigrationStatus.Now now(
            Record row,
            SchemaMigrations<?> t,
            List<String> ofRanges,
            MigrationStatus.Pace pace,
            MigrationStatus.TuningStatus tuning) {
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
                pace,
                tuning,
                Boolean.TRUE.equals(row.get(t.INDEPENDENT)));
    }

    private static MigrationStatus.TuningStatus tuning(Record row, SchemaMigrations<?> t, Map<Long, Integer> tooOld) {
        Tuning tuning = Tuning.of(row.get(t.TUNING));
        int behind = tuning.isNone() ? 0 : tooOld.getOrDefault(row.get(t.VERSION), 0);
        return new MigrationStatus.TuningStatus(tuning, behind);
    }

    private static MigrationStatus.Pace pace(Record row, SchemaMigrations<?> t, MigrationStatus.Progress progress) {
        State state = State.of(row.get(t.STATE)).orElse(State.CREATED);
        boolean isTurn = state == State.PROCESSING || state == State.PENDING;
        String reason = isTurn ? row.get(t.THROTTLED) : null;
        boolean isLock = reason != null && reason.startsWith(LOCKED_BY);
        Long rate = row.get("rate", Long.class);
        long left = progress.rowsEstimated() - progress.keysWalked();
        return new MigrationStatus.Pace(
                rate,
                rate == null || rate == 0 || left <= 0 ? null : Duration.ofSeconds(left / rate + 1),
                row.get("batch_size", Long.class),
                millis(row.get("batch_time", Long.class)),
                isLock ? null : reason,
                isLock ? reason.substring(LOCKED_BY.length()) : null);
    }

    /** The status of an after-release migration that waits for a sealing walk. */
    private static MigrationStatus sealing(MigrationStatus status, MigrationStatus walk) {
        if (status.state() == State.DONE || walk.state() == State.FAILED) {
            return status;
        }
        boolean isKnown = walk.progress().rowsEstimated() > 0;
        String share = isKnown ? ": " + (int) (walk.progress().share() * 100) + " %" : "";
        String reason = walk.waitsFor() == null ? "" : "; that " + walk.waitsFor();
        MigrationStatus.Now now = walk.now();
        return new MigrationStatus(
                status.version(),
                status.name(),
                status.phase(),
                status.state(),
                status.paused(),
                status.attempts(),
                status.progress(),
                status.error(),
                "seals " + MigrationEntry.written(-walk.version()) + " " + walk.simpleName() + " first" + share
                        + reason,
                new MigrationStatus.Now(
                        now.owners(),
                        now.nextAttemptAt(),
                        now.lastProgressAt(),
                        status.now().gateOpenedAt(),
                        now.pace(),
                        status.now().tuning(),
                        status.now().independent()));
    }

    private static Long number(Record row, String column, Long otherwise) {
        Long number = row.get(column, Long.class);
        return number == null ? otherwise : number;
    }

    private static @Nullable Duration millis(@Nullable Long millis) {
        return millis == null ? null : Duration.ofMillis(millis);
    }

    static @Nullable Instant instant(@Nullable LocalDateTime time) {
        return time == null ? null : time.toInstant(ZoneOffset.UTC);
    }
}
