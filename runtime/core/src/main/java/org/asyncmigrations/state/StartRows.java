package org.asyncmigrations.state;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.asyncmigrations.By;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.State;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Starts of migrations if some are independent. Each start locks one control row, then reads which migrations run, and records its
 * own tables together with its claim. So no other start can invalidate its decision. Stateless and thread-safe.
 */
public final class StartRows {
    /** The version of the control row. It is negative, where older versions of the library don't look for migrations. */
    public static final long CONTROL = -Long.MAX_VALUE;

    private StartRows() {}

    /**
     * A running migration.
     *
     * @param version the migration, or the negative version of a sealing walk
     * @param independent whether it waits only for the migrations that it names
     * @param tables the tables that it works on; null if an older version of the library started it, which doesn't record them
     * @param worked whether someone holds a live claim on it or on one of its ranges
     * @param paused whether it is paused
     */
    public record Running(
            long version, boolean independent, @Nullable Set<String> tables, boolean worked, boolean paused) {}

    /**
     * Why a migration may not begin yet.
     *
     * @param why the reason, for people
     * @param isHeld whether only an operator can let it continue
     */
    public record Refusal(String why, boolean isHeld) {}

    /**
     * What is recorded about a migration that starts.
     *
     * @param tables the tables that it works on
     * @param independent whether it waits only for the migrations that it names
     */
    public record Worked(Set<String> tables, boolean independent) {
        /**
         * Copies the set.
         *
         * @param tables the tables that it works on
         * @param independent whether it waits only for the migrations that it names
         */
        public Worked {
            tables = Set.copyOf(tables);
        }

        /** {@return the text for the event of the start, null for an ordered migration} */
        @Nullable
        String detail() {
            return independent
                    ? "independent" + (tables.isEmpty() ? "" : ", on " + String.join(", ", new TreeSet<>(tables)))
                    : null;
        }
    }

    /**
     * The result of a start.
     *
     * @param claim the claim; null if there is none
     * @param refusal why it may not begin yet; null also if the row is no longer as read
     */
    public record Start(@Nullable Claim claim, @Nullable Refusal refusal) {}

    /** The claim must be rolled back: starts now use the lock, and another one may not have seen this claim. Thread-safe. */
    public static final class OutdatedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OutdatedException() {
            super("starts are decided under a lock by now", null, false, false);
        }
    }

    /**
     * Claims a pending migration if no migration is independent. "Write, then read": the transaction that creates the control row
     * waits for running claims, and a claim that has waited for it finds the row.
     *
     * @param tx the transaction
     * @param row the row as read
     * @param owner who claims it
     * @param claimTime how long the claim lasts without renewal
     * @param worked what it works on
     * @return the claim; none if the row is no longer as read
     * @throws OutdatedException if starts now use the lock
     */
    public static Start inOrder(
            StateTransaction tx, MigrationRow row, String owner, Duration claimTime, Worked worked) {
        SchemaMigrations<?> t = tx.tables().migrations();
        Claim claim = MigrationClaims.claim(tx, row, owner, claimTime, written(tx, worked), worked.detail());
        if (claim != null && tx.dsl().fetchExists(t, t.VERSION.eq(CONTROL))) {
            throw new OutdatedException();
        }
        return new Start(claim, null);
    }

    /**
     * Claims a pending migration if the running migrations allow it.
     *
     * @param tx the transaction
     * @param row the row as read
     * @param owner who claims it
     * @param claimTime how long the claim lasts without renewal
     * @param worked what it works on
     * @param refusal returns why the migration may not begin next to the running ones, null if it may
     * @return the claim, or why there is none
     */
    public static Start locked(
            StateTransaction tx,
            MigrationRow row,
            String owner,
            Duration claimTime,
            Worked worked,
            Function<List<Running>, @Nullable Refusal> refusal) {
        if (!isLocked(tx)) {
            makeLock(tx);
            isLocked(tx);
        }
        Refusal refused = refusal.apply(running(tx));
        Claim claim = refused == null
                ? MigrationClaims.claim(tx, row, owner, claimTime, written(tx, worked), worked.detail())
                : null;
        return new Start(claim, refused);
    }

    /**
     * Whether the state tables have the columns for starts. Without them, independent migrations run in order.
     *
     * @param tx the transaction
     * @return whether they have them
     */
    public static boolean isPossible(StateTransaction tx) {
        SchemaMigrations<?> t = tx.tables().migrations();
        return tx.has(t.INDEPENDENT) && tx.has(t.WORKS_ON) && tx.has(tx.tables().instances().RUNTIME);
    }

    /** Written at each start, since a later build may have made the migration independent. */
    private static Map<Field<?>, Field<?>> written(StateTransaction tx, Worked worked) {
        SchemaMigrations<?> t = tx.tables().migrations();
        return isPossible(tx)
                ? Map.of(
                        t.WORKS_ON, DSL.val(String.join("\n", worked.tables()), t.WORKS_ON),
                        t.INDEPENDENT, DSL.val(worked.independent(), t.INDEPENDENT))
                : Map.of();
    }

    /**
     * Inserts the control row, if there is none. Commit it before the first start that locks it, so that other running claims find
     * it.
     *
     * @param tx the transaction
     */
    public static void makeLock(StateTransaction tx) {
        MigrationEntry control = MigrationEntry.async(
                CONTROL, "what starts lock; not a migration", By.DECLARATION, MigrationEntry.UNKNOWN);
        MigrationRows.insert(tx, List.of(control), "").onDuplicateKeyIgnore().execute();
    }

    private static boolean isLocked(StateTransaction tx) {
        SchemaMigrations<?> t = tx.tables().migrations();
        return tx.dsl()
                .select(t.VERSION)
                .from(t)
                .where(t.VERSION.eq(CONTROL))
                .forUpdate()
                .fetch()
                .isNotEmpty();
    }

    /** Locks pending ones too: a claim that hasn't seen the control row may be running. */
    private static List<Running> running(StateTransaction tx) {
        SchemaMigrations<?> t = tx.tables().migrations();
        MigrationRanges<?> r = tx.tables().ranges();
        List<Record> rows = new ArrayList<>(tx.dsl()
                .select(columns(tx))
                .from(t)
                .where(t.STATE.in(State.PENDING.word(), State.PROCESSING.word()))
                .and(t.VERSION.gt(0L))
                .orderBy(t.VERSION)
                .forUpdate()
                .fetch());
        // Without a lock, since ending a sealing walk locks rows in another order.
        rows.addAll(tx.dsl()
                .select(columns(tx))
                .from(t)
                .where(t.STATE.eq(State.PROCESSING.word()))
                .and(t.VERSION.lt(0L))
                .fetch());
        Set<Long> walked = tx.dsl()
                .selectDistinct(r.VERSION)
                .from(r)
                .where(r.OWNER.isNotNull().and(r.CLAIMED_UNTIL.ge(tx.now())))
                .fetchSet(r.VERSION);
        return rows.stream()
                .filter(row -> State.PROCESSING.word().equals(row.get(t.STATE)))
                .map(row -> new Running(
                        row.get(t.VERSION),
                        Boolean.TRUE.equals(row.get(t.INDEPENDENT)),
                        tables(row.get(t.WORKS_ON)),
                        Boolean.TRUE.equals(row.get("claimed", Boolean.class)) || walked.contains(row.get(t.VERSION)),
                        row.get(t.PAUSED)))
                .toList();
    }

    private static List<Field<?>> columns(StateTransaction tx) {
        SchemaMigrations<?> t = tx.tables().migrations();
        Field<Boolean> claimed = DSL.field(t.OWNER.isNotNull().and(t.CLAIMED_UNTIL.ge(tx.now())));
        return List.of(t.VERSION, t.STATE, t.PAUSED, t.INDEPENDENT, t.WORKS_ON, claimed.as("claimed"));
    }

    private static @Nullable Set<String> tables(@Nullable String text) {
        return text == null ? null : text.lines().collect(Collectors.toUnmodifiableSet());
    }
}
