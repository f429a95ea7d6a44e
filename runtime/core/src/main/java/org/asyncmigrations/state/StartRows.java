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
 * Starts of migrations where some are independent: all starts lock one row, see what runs by a statement that begins after that,
 * and write their own tables down with the claim. What is decided so no other start can undo. Stateless and thread-safe.
 */
public final class StartRows {
    /** Of the row that starts lock; below zero, where an older runtime looks for no migration. */
    public static final long CONTROL = -Long.MAX_VALUE;

    private StartRows() {}

    /**
     * A migration that runs.
     *
     * @param version the migration, or the walk that seals it, below zero
     * @param independent whether it waits for nothing but what it names
     * @param tables what it works on; null if an older runtime has begun it, which does not tell
     * @param worked whether somebody holds a live claim on it or on one of its ranges
     * @param paused whether an operator holds it
     */
    public record Running(
            long version, boolean independent, @Nullable Set<String> tables, boolean worked, boolean paused) {}

    /**
     * Why a migration may not begin yet.
     *
     * @param why the reason, for people
     * @param isHeld whether it is an operator who lets it go on
     */
    public record Refusal(String why, boolean isHeld) {}

    /**
     * What is written down of a migration that starts.
     *
     * @param tables what it works on
     * @param independent whether it waits for nothing but what it names
     */
    public record Worked(Set<String> tables, boolean independent) {
        /**
         * Copies the set.
         *
         * @param tables what it works on
         * @param independent whether it waits for nothing but what it names
         */
        public Worked {
            tables = Set.copyOf(tables);
        }

        /** {@return what the event of the start says, null for an ordered one} */
        @Nullable
        String detail() {
            return independent
                    ? "independent" + (tables.isEmpty() ? "" : ", on " + String.join(", ", new TreeSet<>(tables)))
                    : null;
        }
    }

    /**
     * How a start has ended.
     *
     * @param claim the claim; null if there is none
     * @param refusal why it may not begin yet; null also if the row was not as read any more
     */
    public record Start(@Nullable Claim claim, @Nullable Refusal refusal) {}

    /** The claim must be rolled back: somebody has begun to lock starts, and has not seen it. Thread-safe. */
    public static final class OutdatedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OutdatedException() {
            super("starts are decided under a lock by now", null, false, false);
        }
    }

    /**
     * Claims a pending migration where neither it nor any other is independent. Write, then read: whoever makes the lock waits for
     * claims that are under way, and a claim that has waited for that one finds the lock.
     *
     * @param tx the transaction
     * @param row the row as read
     * @param owner who claims it
     * @param claimTime how long the claim holds without renewal
     * @param worked what it works on
     * @return the claim; none if the row was not as read any more
     * @throws OutdatedException if starts are locked by now
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
     * Claims a pending migration if what runs admits it.
     *
     * @param tx the transaction
     * @param row the row as read
     * @param owner who claims it
     * @param claimTime how long the claim holds without renewal
     * @param worked what it works on
     * @param refusal says of what runs why the migration may not begin, null if it may
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
     * Whether the state tables have what starts write down. Without, independent migrations are taken for ordered ones.
     *
     * @param tx the transaction
     * @return whether they do
     */
    public static boolean isPossible(StateTransaction tx) {
        SchemaMigrations<?> t = tx.tables().migrations();
        return tx.has(t.INDEPENDENT) && tx.has(t.WORKS_ON) && tx.has(tx.tables().instances().RUNTIME);
    }

    /** Written anew with each start: a later build may have made it independent. */
    private static Map<Field<?>, Field<?>> written(StateTransaction tx, Worked worked) {
        SchemaMigrations<?> t = tx.tables().migrations();
        return isPossible(tx)
                ? Map.of(
                        t.WORKS_ON, DSL.val(String.join("\n", worked.tables()), t.WORKS_ON),
                        t.INDEPENDENT, DSL.val(worked.independent(), t.INDEPENDENT))
                : Map.of();
    }

    /**
     * Makes the row that starts lock, if there is none. To be committed before the first start that locks it: claims of others that
     * are under way then find it.
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

    /** Pending ones are locked too: a claim of somebody who has seen no lock may be under way. */
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
        // Without a lock: whoever ends a walk that seals locks in another order.
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
