package org.asyncmigrations.state;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.RejectedRow;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/** Every statement on the rejects' table. Stateless and thread-safe. */
public final class RejectRows {
    /** What an event tells of an error; all of it is in the reject. */
    private static final int TOLD = 200;

    private RejectRows() {}

    /**
     * Sets rows aside, each with an event; one that was set aside before has one attempt more.
     *
     * @param tx the transaction, which moves the cursor past them too
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
     * Takes back a row that could be changed after all.
     *
     * @param tx the transaction that has changed it
     * @param version its migration
     * @param key its key
     */
    public static void remove(StateTransaction tx, long version, String key) {
        tx.dsl().deleteFrom(tx.tables().rejects()).where(is(tx, version, key)).execute();
        tx.record(version, "reject mended", null, null, "key " + key);
    }

    /** Forgets those of a migration: their keys are another walk's. */
    static void forget(StateTransaction tx, long version) {
        MigrationRejects<?> r = tx.tables().rejects();
        tx.dsl().deleteFrom(r).where(r.VERSION.eq(version)).execute();
    }

    /** None is if the tables lack the column for it. */
    private static Condition isAccepted(StateTransaction tx) {
        MigrationRejects<?> r = tx.tables().rejects();
        return tx.has(r.ACCEPTED_BECAUSE) ? r.ACCEPTED_BECAUSE.isNotNull() : DSL.falseCondition();
    }

    private static Condition is(StateTransaction tx, long version, String key) {
        MigrationRejects<?> r = tx.tables().rejects();
        return r.VERSION.eq(version).and(r.KEY_HASH.eq(TextHash.of(key)));
    }

    /** Marks all of a migration that are not accepted yet. {@return how many these were} */
    static int accept(StateTransaction tx, long version, String reason) {
        MigrationRejects<?> r = tx.tables().rejects();
        if (!tx.has(r.ACCEPTED_BECAUSE)) {
            throw new MigrationException(
                    version,
                    "rejects cannot be accepted: the table " + r.getName()
                            + " lacks the column accepted_because, which the database user may not add",
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
     * How many rows of a migration are set aside, without those that are accepted.
     *
     * @param tx the transaction
     * @param version the migration
     * @return the number, this transaction's among them
     */
    public static int count(StateTransaction tx, long version) {
        MigrationRejects<?> r = tx.tables().rejects();
        return tx.dsl().fetchCount(r, r.VERSION.eq(version).andNot(isAccepted(tx)));
    }

    /**
     * How many rows of a migration are accepted.
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
     * The keys of a migration that are accepted, those of the walk that seals it included.
     *
     * @param tx the transaction
     * @param version the migration, or the walk that seals it
     * @param walkKey the key that they must be of
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

    /** Leaves those that were accepted in a walk that seals a migration to that migration, whose next such walk they are for. */
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
     * The rows that are set aside of a migration and of the walks that it waits for.
     *
     * @param tx the transaction
     * @param version the migration
     * @return the rows, the oldest of each first
     */
    public static List<RejectedRow> with(StateTransaction tx, long version) {
        return SealRows.with(tx, version).stream()
                .flatMap(each -> of(tx, each).stream())
                .toList();
    }

    /**
     * The rows of a migration that are set aside.
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
