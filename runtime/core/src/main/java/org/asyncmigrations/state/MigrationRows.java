package org.asyncmigrations.state;

import static org.jooq.impl.DSL.noCondition;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.Phase;
import org.asyncmigrations.Start;
import org.asyncmigrations.State;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.InsertValuesStepN;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Reads the migrations table and inserts its rows. {@link MigrationClaims} and {@link Operations} change them. Stateless and
 * thread-safe.
 */
public final class MigrationRows {
    /** Rows per INSERT: well below PostgreSQL's limit of 65,535 bind values. */
    private static final int CHUNK = 500;

    /** The length of the column. */
    private static final int NAME_LENGTH = 255;

    private static final int REASON_LENGTH = 500;

    /** The value in the column pause_cause. */
    static final String APPROVAL = "approval";

    private MigrationRows() {}

    /**
     * All rows, in the order of versions.
     *
     * @param tx the transaction
     * @return the rows
     */
    public static List<MigrationRow> all(StateTransaction tx) {
        return read(tx, noCondition());
    }

    /**
     * One row.
     *
     * @param tx the transaction
     * @param version its version
     * @return the row, null if it doesn't exist
     */
    public static @Nullable MigrationRow find(StateTransaction tx, long version) {
        List<MigrationRow> rows = read(tx, tx.tables().migrations().VERSION.eq(version));
        return rows.isEmpty() ? null : rows.get(0);
    }

    /**
     * How many ranges weren't finished, for a migration that has no ranges left: someone has deleted their rows.
     *
     * @param tx the transaction
     * @param version the migration
     * @return the number
     */
    public static long rangesMissing(StateTransaction tx, long version) {
        Long open = value(tx, version, tx.tables().migrations().RANGES_OPEN);
        return open == null ? 0 : open;
    }

    /**
     * Whether any migration has begun or was counted as done.
     *
     * @param tx the transaction
     * @return false also if there is none
     */
    public static boolean anyBegun(StateTransaction tx) {
        SchemaMigrations<?> t = tx.tables().migrations();
        return tx.dsl().fetchExists(t, t.STATE.ne(State.CREATED.word()));
    }

    /** One column of a migration's row; null also if there is no row. */
    static <T> @Nullable T value(StateTransaction tx, long version, Field<T> column) {
        SchemaMigrations<?> t = tx.tables().migrations();
        return tx.dsl().select(column).from(t).where(t.VERSION.eq(version)).fetchOne(column);
    }

    private static List<MigrationRow> read(StateTransaction tx, Condition which) {
        SchemaMigrations<?> t = tx.tables().migrations();
        Field<Boolean> due = DSL.field(due(tx));
        Field<Boolean> expired = DSL.field(expired(tx));
        return tx.dsl()
                .select(t.VERSION, t.NAME, t.PHASE, t.STATE, t.PAUSED, t.ATTEMPTS, t.TOKEN)
                .select(
                        t.FINGERPRINT,
                        t.FINGERPRINT_BUILD,
                        t.RUN_ID,
                        t.WALK_KEY,
                        t.FRONTIER,
                        t.FRONTIER_AT_END,
                        t.NEXT_RANGE,
                        t.RANGE_ENDS)
                .select(t.GATE_OPENED_AT, t.STARTED_AT, t.SEALED)
                .select(beginning(tx))
                .select(tx.optional(t.INDEPENDENT))
                .select(t.PASS, t.PASS_FOUND, t.FOUND_KEYS, t.BATCH_SIZE, due.as("due"), t.OWNER, expired.as("expired"))
                .from(t)
                .where(which)
                .orderBy(t.VERSION)
                .fetch(row -> row(row, t));
    }

    static Condition due(StateTransaction tx) {
        SchemaMigrations<?> t = tx.tables().migrations();
        return t.NEXT_ATTEMPT_AT.isNull().or(t.NEXT_ATTEMPT_AT.le(tx.now()));
    }

    /** A claim without a time counts as expired, since it would otherwise last forever. Only manual changes write one. */
    static Condition expired(StateTransaction tx) {
        SchemaMigrations<?> t = tx.tables().migrations();
        return t.CLAIMED_UNTIL.isNull().or(t.CLAIMED_UNTIL.lt(tx.now()));
    }

    private static MigrationRow row(Record row, SchemaMigrations<?> t) {
        return new MigrationRow(
                row.get(t.VERSION),
                row.get(t.NAME),
                phase(row.get(t.PHASE)),
                State.of(row.get(t.STATE)).orElse(null),
                row.get(t.STATE),
                row.get(t.PAUSED),
                row.get(t.ATTEMPTS),
                isTrue(row.get("due", Boolean.class)),
                beginning(row, t, isTrue(row.get("due", Boolean.class))),
                hold(row.get(t.OWNER), isTrue(row.get("expired", Boolean.class))),
                row.get(t.OWNER),
                row.get(t.TOKEN),
                new MigrationRow.Gate(
                        row.get(t.GATE_OPENED_AT), row.get(t.STARTED_AT) != null, VersionList.read(row.get(t.SEALED))),
                new MigrationRow.Code(row.get(t.FINGERPRINT), row.get(t.FINGERPRINT_BUILD), row.get(t.RUN_ID)),
                new MigrationRow.Walk(
                        row.get(t.WALK_KEY),
                        row.get(t.FRONTIER),
                        row.get(t.FRONTIER_AT_END),
                        row.get(t.NEXT_RANGE),
                        KeyList.read(row.get(t.RANGE_ENDS)),
                        row.get(t.PASS),
                        row.get(t.PASS_FOUND),
                        row.get(t.FOUND_KEYS),
                        row.get(t.BATCH_SIZE)),
                isTrue(row.get(t.INDEPENDENT)));
    }

    /** The additional columns for {@link #beginning(Record, SchemaMigrations, boolean)}. */
    static List<Field<?>> beginning(StateTransaction tx) {
        SchemaMigrations<?> t = tx.tables().migrations();
        return List.of(t.CREATED_AT, t.NEXT_ATTEMPT_AT, tx.optional(t.PAUSE_CAUSE));
    }

    /**
     * A migration that is done waits for nothing. If it was ever claimed, a pause is an operator's, and the next attempt's time is
     * a back-off.
     */
    static MigrationRow.Beginning beginning(Record row, SchemaMigrations<?> t, boolean due) {
        if (row.get(t.STARTED_AT) != null || State.DONE.word().equals(row.get(t.STATE))) {
            return MigrationRow.Beginning.FREE;
        }
        LocalDateTime at = due ? null : row.get(t.NEXT_ATTEMPT_AT);
        return new MigrationRow.Beginning(
                isTrue(row.get(t.PAUSED)) && APPROVAL.equals(row.get(t.PAUSE_CAUSE)),
                at,
                at == null ? Duration.ZERO : seconds(Duration.between(row.get(t.CREATED_AT), at)));
    }

    /** Rounded, since some servers read the clock more than once in a statement. */
    private static Duration seconds(Duration time) {
        return Duration.ofSeconds(Math.round(time.toMillis() / 1000.0));
    }

    private static MigrationRow.Hold hold(@Nullable String owner, boolean expired) {
        if (owner == null) {
            return MigrationRow.Hold.FREE;
        }
        return expired ? MigrationRow.Hold.ABANDONED : MigrationRow.Hold.LIVE;
    }

    /** Treats SQL's unknown as false. */
    private static boolean isTrue(@Nullable Boolean value) {
        return Boolean.TRUE.equals(value);
    }

    static Phase phase(String word) {
        return word.equals(word(Phase.AFTER_RELEASE)) ? Phase.AFTER_RELEASE : Phase.ASYNC;
    }

    private static String word(Phase phase) {
        return phase.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Inserts new rows, sorted by version, each with an event. Leftovers of an earlier run of a version are removed.
     *
     * @param tx the transaction
     * @param entries the migrations without a row
     * @param build their build
     * @throws org.jooq.exception.IntegrityConstraintViolationException if another instance has just inserted one
     */
    public static void register(StateTransaction tx, List<MigrationEntry> entries, String build) {
        MigrationRanges<?> ranges = tx.tables().ranges();
        MigrationRejects<?> rejects = tx.tables().rejects();
        for (int from = 0; from < entries.size(); from += CHUNK) {
            List<MigrationEntry> chunk = entries.subList(from, Math.min(entries.size(), from + CHUNK));
            List<Long> versions = chunk.stream().map(MigrationEntry::version).toList();
            insert(tx, chunk, build).execute();
            tx.dsl().deleteFrom(ranges).where(ranges.VERSION.in(versions)).execute();
            tx.dsl().deleteFrom(rejects).where(rejects.VERSION.in(versions)).execute();
            chunk.forEach(entry -> registered(tx, entry));
        }
    }

    /**
     * Inserts a new row, unless another instance is faster. It doesn't fail then, since the caller may do more in the transaction.
     *
     * @param tx the transaction
     * @param entry the migration
     * @param build its build
     * @return whether there was no row
     */
    public static boolean registerOne(StateTransaction tx, MigrationEntry entry, String build) {
        MigrationRanges<?> ranges = tx.tables().ranges();
        MigrationRejects<?> rejects = tx.tables().rejects();
        boolean isNew = insert(tx, List.of(entry), build).onDuplicateKeyIgnore().execute() == 1;
        if (isNew) {
            tx.dsl()
                    .deleteFrom(ranges)
                    .where(ranges.VERSION.eq(entry.version()))
                    .execute();
            tx.dsl()
                    .deleteFrom(rejects)
                    .where(rejects.VERSION.eq(entry.version()))
                    .execute();
            registered(tx, entry);
        }
        return isNew;
    }

    /** The second event says why it is paused, to older versions of the library and to tables without the cause's column. */
    private static void registered(StateTransaction tx, MigrationEntry entry) {
        tx.record(entry.version(), "registered", null, State.CREATED, entry.name());
        if (entry.start() == Start.ON_APPROVAL) {
            tx.record(entry.version(), "paused", null, null, MigrationRow.Beginning.APPROVAL);
        }
    }

    /**
     * A migration that waits for approval is paused, because older versions of the library understand that. Without the cause's
     * column it is only paused, and {@code resume} starts it.
     */
    static InsertValuesStepN<?> insert(StateTransaction tx, List<MigrationEntry> entries, String build) {
        SchemaMigrations<?> t = tx.tables().migrations();
        boolean hasCause = tx.has(t.PAUSE_CAUSE);
        boolean hasIndependent = tx.has(t.INDEPENDENT);
        List<Field<?>> columns = new ArrayList<>(List.of(
                t.VERSION,
                t.NAME,
                t.PHASE,
                t.DIRECTION,
                t.STATE,
                t.PAUSED,
                t.ATTEMPTS,
                t.ROWS_DONE,
                t.ROWS_ESTIMATED,
                t.FINGERPRINT,
                t.FINGERPRINT_BUILD,
                t.RUN_ID,
                t.TOKEN,
                t.FRONTIER_AT_END,
                t.NEXT_RANGE,
                t.PASS,
                t.PASS_FOUND,
                t.KEYS_WALKED,
                t.BATCH_SIZE,
                t.CREATED_AT,
                t.UPDATED_AT,
                t.NEXT_ATTEMPT_AT));
        if (hasCause) {
            columns.add(t.PAUSE_CAUSE);
        }
        if (hasIndependent) {
            columns.add(t.INDEPENDENT);
        }
        InsertValuesStepN<?> insert = tx.dsl().insertInto(t).columns(columns);
        for (MigrationEntry entry : entries) {
            boolean waits = entry.start() == Start.ON_APPROVAL;
            List<Object> values = new ArrayList<>(List.of(
                    entry.version(),
                    columnText(entry.name()),
                    word(entry.phase()),
                    "up",
                    State.CREATED.word(),
                    waits,
                    0,
                    0L,
                    0L,
                    entry.fingerprint(),
                    build,
                    UUID.randomUUID().toString(),
                    0L,
                    false,
                    1L,
                    1,
                    0L,
                    0L,
                    0L,
                    tx.now(),
                    tx.now(),
                    entry.startsAfter().isEmpty()
                            ? StateChange.none(t.NEXT_ATTEMPT_AT)
                            : tx.in(Duration.parse(entry.startsAfter()))));
            if (hasCause) {
                values.add(waits ? APPROVAL : StateChange.none(t.PAUSE_CAUSE));
            }
            if (hasIndependent) {
                values.add(entry.independent());
            }
            insert = insert.values(values);
        }
        return insert;
    }

    /**
     * Records, for people, why a migration isn't being worked on.
     *
     * @param tx the transaction
     * @param version the migration
     * @param reason the words of a throttle or a gate, null if it is being worked on
     */
    public static void throttled(StateTransaction tx, long version, @Nullable String reason) {
        SchemaMigrations<?> t = tx.tables().migrations();
        String text = reason == null ? null : reasonText(reason);
        tx.dsl()
                .update(t)
                .set(t.THROTTLED, text)
                .where(t.VERSION.eq(version))
                .and(t.THROTTLED.isDistinctFrom(text))
                .and(t.STATE.in(State.CREATED.word(), State.PENDING.word(), State.PROCESSING.word()))
                .execute();
    }

    /** {@return a reason, cut to the length of its column} */
    static String reasonText(String reason) {
        return reason.substring(0, Math.min(REASON_LENGTH, reason.length()));
    }

    /** Cuts a class name to the length of its column, from the front: the end says more. */
    static String columnText(String name) {
        return name.substring(Math.max(0, name.length() - NAME_LENGTH));
    }
}
