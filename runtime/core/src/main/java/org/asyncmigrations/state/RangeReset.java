package org.asyncmigrations.state;

import org.jooq.impl.DSL;

/** Takes ranges away from their workers. Stateless and thread-safe. */
final class RangeReset {
    private RangeReset() {}

    /** Makes the claims on all ranges void because the attempt on this one has failed. The attempts on the others don't count. */
    static boolean giveUp(StateTransaction tx, RangeRow range, Claim claim) {
        MigrationRanges<?> r = tx.tables().ranges();
        int own = tx.dsl()
                .update(r)
                .setNull(r.OWNER)
                .setNull(r.CLAIMED_UNTIL)
                .set(r.TOKEN, r.TOKEN.plus(1))
                .where(RangeRows.held(tx, range, claim))
                .execute();
        if (own != 1) {
            return false;
        }
        voidClaims(tx, range.version());
        return true;
    }

    /**
     * Makes all claims on a migration's ranges void, including those being made at this moment: their fences will fail. A worker
     * that loses its claim this way hasn't failed, so its attempt doesn't count.
     */
    static void voidClaims(StateTransaction tx, long version) {
        MigrationRanges<?> r = tx.tables().ranges();
        tx.dsl()
                .update(r)
                .set(r.ATTEMPTS, DSL.greatest(r.ATTEMPTS.minus(1), DSL.inline(0)))
                .where(r.VERSION.eq(version))
                .and(r.OWNER.isNotNull())
                .execute();
        tx.dsl()
                .update(r)
                .setNull(r.OWNER)
                .setNull(r.CLAIMED_UNTIL)
                .set(r.TOKEN, r.TOKEN.plus(1))
                .where(r.VERSION.eq(version))
                .execute();
    }

    static void forgetAttempts(StateTransaction tx, long version) {
        MigrationRanges<?> r = tx.tables().ranges();
        tx.dsl().update(r).set(r.ATTEMPTS, 0).where(r.VERSION.eq(version)).execute();
    }
}
