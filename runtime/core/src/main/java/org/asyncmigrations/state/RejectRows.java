package org.asyncmigrations.state;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.RejectedRow;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/** All statements on the rejects table. Stateless and thread-safe. */
public final class RejectRows {
    /** Characters of an error in an event; the reject has all of it. */
    private static final int TOLD = 200;

    private RejectRows() {}

    /**
     * Sets rows aside, each with an event. A row that was set aside before gets one more attempt.
     *
     * @param tx the transaction, which also moves the cursor past them
     * @param row their migration
     * @param rejects the rows
     */
    public static void add(StateTransaction tx, MigrationRow row, List<Reject> rejects) {
        MigrationRejects<?> r = tx.tables().rejects();
        for (Reject reject : rejects) {
            if (failedAgain(tx, row.version(), reject) == 0) {
                tx.dsl()
                        .insertInto(r)
                        .set(r.VERSION, row.version())
                        .set(r.KEY_HASH, TextHash.of(reject.key()))
                        .set(r.RUN_ID, row.code().runId())
                        .set(r.ROW_KEY, reject.key())
                        .set(r.ERROR, reject.error())
                        .set(r.ATTEMPTS, 1)
                        .set(r.CREATED_AT, tx.now())
                        .set(r.UPDATED_AT, tx.now())
                        .execute();
            }
            String error = reject.error();
            tx.record(
                    row.version(),
                    "rejected",
                    null,
                    null,
                    "key " + reject.key() + ": " + error.substring(0, Math.min(TOLD, error.length())));
        }
    }

    private static int failedAgain(StateTransaction tx, long version, Reject reject) {
        MigrationRejects<?> r = tx.tables().rejects();
        return tx.dsl()
                .update(r)
                .set(r.ERROR, reject.error())
                .set(r.ATTEMPTS, r.ATTEMPTS.plus(1))
                .set(r.UPDATED_AT, tx.now())
                .where(is(tx, version, reject.key()))
                .execute();
    }

    /**
     * Removes a reject whose row was changed after all.
     *
     * @param tx the transaction that has changed the row
     * @param version its migration
     * @param key its key
     */
    public static void remove(StateTransaction tx, long version, String key) {
        tx.dsl().deleteFrom(tx.tables().rejects()).where(is(tx, version, key)).execute();
        tx.record(version, "reject mended", null, null, "key " + key);
    }

    /** Deletes the rejects of a migration, whose keys belong to another walk. */
    static void forget(StateTransaction tx, long version) {
        MigrationRejects<?> r = tx.tables().rejects();
        tx.dsl().deleteFrom(r).where(r.VERSION.eq(version)).execute();
    }

    /** If the tables lack the column, none is accepted. */
    private static Condition isAccepted(StateTransaction tx) {
        MigrationRejects<?> r = tx.tables().rejects();
        return tx.has(r.ACCEPTED_BECAUSE) ? r.ACCEPTED_BECAUSE.isNotNull() : DSL.falseCondition();
    }

    private static Condition is(StateTransaction tx, long version, String key) {
        MigrationRejects<?> r = tx.tables().rejects();
        return r.VERSION.eq(version).and(r.KEY_HASH.eq(TextHash.of(key)));
    }

    /** Accepts all rejects of a migration that aren't accepted yet. {@return how many} */
    static int accept(StateTransaction tx, long version, String reason) {
        MigrationRejects<?> r = tx.tables().rejects();
        if (!tx.has(r.ACCEPTED_BECAUSE)) {
            throw new MigrationException(
                    version,
                    "rejects cannot be accepted: the table " + r.getName()
                            + " lacks the column accepted_because, which the database user cannot add",
                    null);
        }
        return tx.dsl()
                .update(r)
                .set(r.ACCEPTED_BECAUSE, reason)
                .where(r.VERSION.eq(version))
                .and(r.ACCEPTED_BECAUSE.isNull())
                .execute();
    }

    /**
     * How many rejects a migration has, without accepted ones.
     *
     * @param tx the transaction
     * @param version the migration
     * @return the number, including those of this transaction
     */
    public static int count(StateTransaction tx, long version) {
        MigrationRejects<?> r = tx.tables().rejects();
        return tx.dsl().fetchCount(r, r.VERSION.eq(version).andNot(isAccepted(tx)));
    }

    /**
     * How many accepted rejects a migration has.
     *
     * @param tx the transaction
     * @param version the migration
     * @return the number
     */
    public static int countAccepted(StateTransaction tx, long version) {
        MigrationRejects<?> r = tx.tables().rejects();
        return tx.dsl().fetchCount(r, r.VERSION.eq(version).and(isAccepted(tx)));
    }

    /**
     * The keys of a migration's accepted rejects, including those of its sealing walk.
     *
     * @param tx the transaction
     * @param version the migration, or the walk that seals it
     * @param walkKey the walk that the keys must belong to
     * @return the keys
     */
    public static List<String> accepted(StateTransaction tx, long version, String walkKey) {
        MigrationRejects<?> r = tx.tables().rejects();
        SchemaMigrations<?> t = tx.tables().migrations();
        return tx.dsl()
                .select(r.ROW_KEY)
                .from(r)
                .join(t)
                .on(t.VERSION.eq(r.VERSION))
                .where(r.VERSION.in(version, Math.abs(version)))
                .and(isAccepted(tx))
                .and(t.WALK_KEY.eq(walkKey))
                .fetch(r.ROW_KEY);
    }

    /** Moves the accepted rejects of a sealing walk to the sealed migration, for its next sealing walk. */
    static void keepAccepted(StateTransaction tx, long seal) {
        MigrationRejects<?> r = tx.tables().rejects();
        SchemaMigrations<?> t = tx.tables().migrations();
        List<String> there =
                tx.dsl().select(r.KEY_HASH).from(r).where(r.VERSION.eq(-seal)).fetch(r.KEY_HASH);
        tx.dsl()
                .update(r)
                .set(r.VERSION, -seal)
                .set(r.RUN_ID, DSL.field(DSL.select(t.RUN_ID).from(t).where(t.VERSION.eq(-seal))))
                .where(r.VERSION.eq(seal))
                .and(isAccepted(tx))
                .and(r.KEY_HASH.notIn(there))
                .execute();
    }

    /**
     * The rejects of a migration and of the sealing walks that it waits for.
     *
     * @param tx the transaction
     * @param version the migration
     * @return the rows, for each walk the oldest first
     */
    public static List<RejectedRow> with(StateTransaction tx, long version) {
        return SealRows.with(tx, version).stream()
                .flatMap(each -> of(tx, each).stream())
                .toList();
    }

    /**
     * The rejects of a migration.
     *
     * @param tx the transaction
     * @param version the migration
     * @return the rows, the oldest first
     */
    public static List<RejectedRow> of(StateTransaction tx, long version) {
        MigrationRejects<?> r = tx.tables().rejects();
        return tx.dsl()
                .select(r.ROW_KEY, r.ERROR, r.ATTEMPTS, r.UPDATED_AT, tx.optional(r.ACCEPTED_BECAUSE))
                .from(r)
                .where(r.VERSION.eq(version))
                .orderBy(r.CREATED_AT, r.KEY_HASH)
                .fetch(row -> {
                    LocalDateTime tried = row.get(r.UPDATED_AT);
                    return new RejectedRow(
                            row.get(r.ROW_KEY),
                            row.get(r.ERROR),
                            row.get(r.ATTEMPTS),
                            tried.toInstant(ZoneOffset.UTC),
                            row.get(r.ACCEPTED_BECAUSE));
                });
    }
}
