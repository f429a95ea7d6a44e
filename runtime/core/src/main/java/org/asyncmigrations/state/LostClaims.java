package org.asyncmigrations.state;

import org.jspecify.annotations.Nullable;

/**
 * Records in the events why workers lost their claims while they were working, to explain it if none of them finishes. Stateless
 * and thread-safe.
 */
public final class LostClaims {
    private static final String LOST = "claim lost";
    private static final String TAKEN_OVER = "taken over";

    private LostClaims() {}

    static void record(StateTransaction tx, long version, String owner, String reason) {
        tx.record(version, LOST, null, null, owner + ": " + reason);
    }

    static void takenOver(StateTransaction tx, long version, String of, String owner) {
        tx.record(version, TAKEN_OVER, null, null, of + "from " + owner);
    }

    /**
     * Why the last owner lost its claim on a whole migration.
     *
     * @param tx the transaction
     * @param version the migration
     * @return what that worker recorded, null for nothing: its process ended
     */
    public static @Nullable String lastReason(StateTransaction tx, long version) {
        return lastReason(tx, version, "");
    }

    /**
     * Why the last owner lost its claim on a range.
     *
     * @param tx the transaction
     * @param range the range
     * @return what that worker recorded, null for nothing: its process ended
     */
    public static @Nullable String lastReason(StateTransaction tx, RangeRow range) {
        return lastReason(tx, range.version(), of(range));
    }

    static String of(RangeRow range) {
        return "range " + range.number() + " ";
    }

    private static @Nullable String lastReason(StateTransaction tx, long version, String of) {
        String before = last(tx, version, TAKEN_OVER, of + "from ");
        return before == null ? null : last(tx, version, LOST, before + ": ");
    }

    /** {@return the rest of the latest event that starts with the given text} */
    private static @Nullable String last(StateTransaction tx, long version, String event, String beginning) {
        MigrationEvents<?> e = tx.tables().events();
        String detail = tx.dsl()
                .select(e.DETAIL)
                .from(e)
                .where(e.VERSION.eq(version))
                .and(e.EVENT.eq(event))
                .and(e.DETAIL.startsWith(beginning))
                .orderBy(e.HAPPENED_AT.desc())
                .limit(1)
                .fetchOne(e.DETAIL);
        return detail == null ? null : detail.substring(beginning.length());
    }
}
