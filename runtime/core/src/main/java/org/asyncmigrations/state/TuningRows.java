package org.asyncmigrations.state;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.asyncmigrations.MigrationEntry;
import org.asyncmigrations.MigrationEvent;
import org.asyncmigrations.MigrationException;
import org.asyncmigrations.State;
import org.asyncmigrations.Tuning;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/** Reads and writes operators' tunings in the migrations' rows. Stateless and thread-safe. */
public final class TuningRows {
    private TuningRows() {}

    /**
     * The tunings of all migrations.
     *
     * @param tunings by migration
     * @param owners the holders of live claims on ranges of tuned migrations, by the migration or the walk that seals it; in the
     *     order of the ranges
     */
    public record All(Map<Long, Tuning> tunings, Map<Long, List<String>> owners) {
        /** Nothing. */
        public static final All NOTHING = new All(Map.of(), Map.of());

        /**
         * Copies the maps.
         *
         * @param tunings by migration
         * @param owners the holders of live claims, by the migration or the walk that seals it
         */
        public All {
            tunings = Map.copyOf(tunings);
            owners = Map.copyOf(owners);
        }
    }

    /**
     * Reads all tunings in one statement.
     *
     * @param tx the transaction
     * @return nothing also if the tables lack the column
     */
    public static All all(StateTransaction tx) {
        SchemaMigrations<?> t = tx.tables().migrations();
        MigrationRanges<?> r = tx.tables().ranges();
        if (!tx.has(t.TUNING)) {
            return All.NOTHING;
        }
        var rows = tx.dsl()
                .select(t.VERSION, t.TUNING, r.VERSION, r.OWNER)
                .from(t)
                .leftJoin(r)
                .on(r.VERSION.in(t.VERSION, t.VERSION.neg()).and(live(tx)))
                .where(t.TUNING.isNotNull())
                .orderBy(r.VERSION, r.RANGE_NO)
                .fetch();
        Map<Long, Tuning> tunings = new HashMap<>();
        rows.forEach(row -> tunings.put(row.value1(), Tuning.of(row.value2())));
        Map<Long, List<String>> owners = rows.stream()
                .filter(row -> row.value3() != null)
                .collect(groupingBy(row -> row.value3(), mapping(row -> row.value4(), toList())));
        return new All(tunings, owners);
    }

    private static Condition live(StateTransaction tx) {
        MigrationRanges<?> r = tx.tables().ranges();
        return r.OWNER.isNotNull().and(r.CLAIMED_UNTIL.ge(tx.now()));
    }

    /**
     * Whether one more worker may claim a range. Locks the migration's row until the transaction ends, so that workers who ask at
     * the same time count each other.
     *
     * @param tx the transaction that claims
     * @param version the migration, or the walk that seals it
     * @param most how many workers there may be
     * @return whether there are fewer
     */
    public static boolean admits(StateTransaction tx, long version, int most) {
        SchemaMigrations<?> t = tx.tables().migrations();
        MigrationRanges<?> r = tx.tables().ranges();
        tx.dsl()
                .select(t.VERSION)
                .from(t)
                .where(t.VERSION.eq(version))
                .forUpdate()
                .fetch();
        return tx.dsl()
                        .selectCount()
                        .from(r)
                        .where(r.VERSION.eq(version))
                        .and(live(tx))
                        .fetchSingle()
                        .value1()
                < most;
    }

    /** As {@link Operations#tune}. */
    static boolean tune(StateTransaction tx, long version, Tuning changes, String reason) {
        SchemaMigrations<?> t = tx.tables().migrations();
        if (!tx.has(t.TUNING)) {
            throw new MigrationException(
                    version,
                    "migration " + MigrationEntry.written(version)
                            + " cannot be tuned: the state tables lack the column for it; let a user with the right to"
                            + " do so run this: " + StateSchema.addition(tx, t, t.TUNING),
                    null);
        }
        var row = tx.dsl()
                .select(t.STATE, t.TUNING)
                .from(t)
                .where(t.VERSION.eq(version))
                .forUpdate()
                .fetchOne();
        if (row == null || State.DONE.word().equals(row.value1()) && !isSealed(tx, version)) {
            return false;
        }
        Tuning before = Tuning.of(row.value2());
        Tuning tuned = before.changedBy(changes);
        if (tuned.equals(before)) {
            return false;
        }
        tx.dsl()
                .update(t)
                .set(t.TUNING, tuned.isNone() ? null : tuned.toString())
                .set(t.UPDATED_AT, tx.now())
                .where(t.VERSION.eq(version))
                .execute();
        tx.record(
                version,
                MigrationEvent.Kind.TUNED.word(),
                null,
                null,
                (tuned.isNone() ? "nothing" : tuned) + ": " + reason);
        return true;
    }

    /** Whether it is being sealed for an after-release migration. */
    private static boolean isSealed(StateTransaction tx, long version) {
        SchemaMigrations<?> t = tx.tables().migrations();
        return tx.dsl().fetchExists(t, t.VERSION.eq(DSL.inline(-version)));
    }
}
